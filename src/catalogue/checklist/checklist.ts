/** An offer's checklist with what was seen: for publishers who give the bridge no access to Partner Center. */
import { createHash } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { findProductByOffer, listOffers, partnerCenterUrls } from '../../tenants/index.ts'
import type { PublicationKey } from '../publication/record.ts'
import { type WantedDeps, wantedOffer } from '../publication/wanted.ts'
import { type ChecklistField, checklistOf } from '../rules/checklist/checklist.ts'

export interface SeenField extends ChecklistField {
  /** Somebody saw this value in Partner Center. */
  readonly seen: { readonly by: string; readonly at: Instant } | undefined
}

export interface Checklist {
  readonly offerId: string
  readonly name: string
  readonly fields: readonly SeenField[]
}

/** @throws AppError `ERR_OFFER_NOT_FOUND`; `ERR_OFFER_NOT_OURS` for one that is only mapped */
export async function offerChecklist(deps: WantedDeps, key: PublicationKey, now: Instant): Promise<Checklist> {
  const { name, marked } = await markedFields(deps, key, now)
  const ticks = await deps.db
    .selectFrom('offer_ticks')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('offer_id', '=', key.offerId)
    .execute()
  const fields = marked.map(({ mark, ...field }): SeenField => {
    const tick = ticks.find((one) => one.field === field.key && one.value_mark === mark)
    return { ...field, seen: tick && { by: tick.ticked_by, at: instant(tick.ticked_at) } }
  })
  return { offerId: key.offerId, name, fields }
}

/** Keys of fields, or of a page or a part of it: all below. */
export interface Ticks {
  readonly tick: readonly string[]
  /** Ticks to take away. */
  readonly untick: readonly string[]
  readonly by: string
}

/** @returns keys that name nothing of the checklist; nothing is changed then. @throws as `offerChecklist` */
export async function tickFields(
  deps: WantedDeps,
  key: PublicationKey,
  { tick, untick, by }: Ticks,
  now: Instant,
): Promise<readonly string[]> {
  const { marked } = await markedFields(deps, key, now)
  const below = (named: string) => marked.filter((one) => one.key === named || one.key.startsWith(`${named}/`))
  const unknown = [...tick, ...untick].filter((named) => below(named).length === 0)
  if (unknown.length > 0) return unknown
  await inTransaction(deps.db, async (tx) => {
    await forget(tx, key, [...tick, ...untick].flatMap(below))
    await keepTicks(tx, key, tick.flatMap(below), { by, now })
  })
  return []
}

const forget = async (tx: Tx, { tenantId, offerId }: PublicationKey, fields: readonly Pick<ChecklistField, 'key'>[]): Promise<void> => {
  if (fields.length === 0) return
  const named = fields.map((one) => one.key)
  await tx.deleteFrom('offer_ticks').where('tenant_id', '=', tenantId).where('offer_id', '=', offerId).where('field', 'in', named).execute()
}

/** What has no value yet cannot have been seen. */
async function keepTicks(
  tx: Tx,
  { tenantId, offerId }: PublicationKey,
  fields: readonly Marked[],
  { by, now }: { readonly by: string; readonly now: Instant },
): Promise<void> {
  const seen = new Map(fields.filter(({ value }) => value !== undefined).map((one) => [one.key, one.mark]))
  if (seen.size === 0) return
  const tick = { tenant_id: tenantId, offer_id: offerId, ticked_at: new Date(now.getTime()), ticked_by: by }
  const rows = [...seen].map(([field, mark]) => ({ ...tick, field, value_mark: mark }))
  await tx.insertInto('offer_ticks').values(rows).execute()
}

type Marked = Awaited<ReturnType<typeof markedFields>>['marked'][number]

/** Each field with a mark of its value; a secret's is that of its sealed form, for the secret itself could be guessed. */
async function markedFields(deps: WantedDeps, key: PublicationKey, now: Instant) {
  const found = await wantedOffer(deps, key, undefined, now)
  const product = found && (await findProductByOffer(deps.db, key.tenantId, key.offerId))
  if (!found || !product) throw await notThere(deps.db, key)
  const fields = checklistOf(found.wanted, partnerCenterUrls(deps.publicUrl, key.tenantId, product.id))
  const marked = fields.map((field) => {
    const [value, of] = field.secret ? [SECRET, found.leadMark] : [field.value, field.value]
    return {
      ...field,
      value,
      mark: createHash('sha256')
        .update(of ?? '')
        .digest('hex'),
    }
  })
  return { name: found.wanted.name, marked }
}

const SECRET = '(secret: as you gave it)'

async function notThere(db: Db, { tenantId, offerId }: PublicationKey): Promise<AppError> {
  const there = (await listOffers(db, tenantId)).some(({ id }) => id === offerId)
  return new AppError(there ? 'ERR_OFFER_NOT_OURS' : 'ERR_OFFER_NOT_FOUND', { facts: { tenantId, offerId } })
}
