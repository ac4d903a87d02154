/** An offer's checklist with what was seen: for publishers who give the bridge no access to Partner Center. */
import { createHash } from 'node:crypto'
import { type Db, inTransaction } from '../../database/index.ts'
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

export interface Tick {
  /** Keys of fields, or of a page or a part of it: all below. */
  readonly fields: readonly string[]
  /** False takes ticks away. */
  readonly seen: boolean
  readonly by: string
}

/** @returns keys that name nothing of the checklist; nothing is changed then. @throws as `offerChecklist` */
export async function tickFields(
  deps: WantedDeps,
  key: PublicationKey,
  { fields, seen, by }: Tick,
  now: Instant,
): Promise<readonly string[]> {
  const { marked } = await markedFields(deps, key, now)
  const below = (named: string) => marked.filter((one) => one.key === named || one.key.startsWith(`${named}/`))
  const unknown = fields.filter((named) => below(named).length === 0)
  if (unknown.length > 0) return unknown
  const { tenantId, offerId } = key
  await inTransaction(deps.db, async (tx) => {
    for (const { key: field, mark, value } of fields.flatMap(below)) {
      const where = tx.deleteFrom('offer_ticks').where('tenant_id', '=', tenantId).where('offer_id', '=', offerId)
      await where.where('field', '=', field).execute()
      if (!seen || value === undefined) continue
      const tick = { value_mark: mark, ticked_at: new Date(now.getTime()), ticked_by: by }
      await tx
        .insertInto('offer_ticks')
        .values({ tenant_id: tenantId, offer_id: offerId, field, ...tick })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'offer_id', 'field']).doUpdateSet(tick))
        .execute()
    }
  })
  return []
}

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
