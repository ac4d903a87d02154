/** What was asked of Partner Center for private offers, and how it ended. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../database/index.ts'
import type { PrivateOfferActionRow } from '../../database/tables/private-offers.ts'
import { type ConfigureJobId, configureJobId, type TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'

export type PrivateOfferActionKind = PrivateOfferActionRow['kind']

export interface PrivateOfferAction {
  readonly tenantId: TenantId
  readonly id: string
  readonly kind: PrivateOfferActionKind
  readonly name: string
  readonly privateOfferId: string | undefined
  readonly withTerms: boolean
  readonly askedBy: string
  readonly note: string | undefined
  readonly askedAt: Instant
  /** Undefined: it was not sent, or its answer was lost. */
  readonly jobId: ConfigureJobId | undefined
  /** Undefined while it is open. */
  readonly outcome: 'done' | 'failed' | 'unclear' | undefined
  readonly said: readonly string[]
  readonly endedAt: Instant | undefined
}

export type NewAction = Pick<PrivateOfferAction, 'kind' | 'name' | 'privateOfferId' | 'withTerms' | 'askedBy' | 'note'>

/** The intent, before anything is sent. @returns undefined when something is open for a private offer of this name */
export async function intend(db: Db, tenantId: TenantId, wanted: NewAction, at: Instant): Promise<PrivateOfferAction | undefined> {
  const row = await db
    .insertInto('private_offer_actions')
    .values({
      tenant_id: tenantId,
      kind: wanted.kind,
      name: wanted.name,
      private_offer_id: wanted.privateOfferId ?? null,
      with_terms: wanted.withTerms,
      asked_by: wanted.askedBy,
      note: wanted.note ?? null,
      asked_at: new Date(at.getTime()),
      job_id: null,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).where('outcome', 'is', null).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toAction(tenantId)(row)
}

export async function keepJob(db: Db, { tenantId, id }: PrivateOfferAction, jobId: ConfigureJobId): Promise<void> {
  await ofAction(db, tenantId, id).set({ job_id: jobId }).execute()
}

/** The first to say how it ended is right. */
export async function end(
  db: Db,
  { tenantId, id }: PrivateOfferAction,
  ended: {
    readonly outcome: 'done' | 'failed' | 'unclear'
    readonly said: readonly string[]
    readonly privateOfferId?: string | undefined
  },
  at: Instant,
): Promise<void> {
  const { outcome, said, privateOfferId } = ended
  await ofAction(db, tenantId, id)
    .set({
      outcome,
      said: JSON.stringify(said),
      ended_at: new Date(at.getTime()),
      ...(privateOfferId === undefined ? {} : { private_offer_id: privateOfferId }),
    })
    .execute()
}

const ofAction = (db: Db, tenantId: TenantId, id: string) =>
  db.updateTable('private_offer_actions').where('tenant_id', '=', tenantId).where('id', '=', id).where('outcome', 'is', null)

/** The newest first. */
export async function readActions(
  db: Db,
  tenantId: TenantId,
  only: { readonly open: boolean } = { open: false },
): Promise<readonly PrivateOfferAction[]> {
  const all = db.selectFrom('private_offer_actions').selectAll().where('tenant_id', '=', tenantId).orderBy('asked_at', 'desc').orderBy('id')
  const rows = await (only.open ? all.where('outcome', 'is', null) : all).execute()
  return rows.map(toAction(tenantId))
}

const sentences = z.array(z.string()).catch([])

const toAction =
  (tenantId: TenantId) =>
  (row: ReadRow): PrivateOfferAction => ({
    tenantId,
    id: row.id,
    kind: row.kind,
    name: row.name,
    privateOfferId: row.private_offer_id ?? undefined,
    withTerms: row.with_terms,
    askedBy: row.asked_by,
    note: row.note ?? undefined,
    askedAt: instant(row.asked_at),
    jobId: row.job_id === null ? undefined : configureJobId.parse(row.job_id),
    outcome: row.outcome ?? undefined,
    said: sentences.parse(row.said),
    endedAt: row.ended_at === null ? undefined : instant(row.ended_at),
  })

type ReadRow = Selectable<PrivateOfferActionRow>
