/** Listing requests as they are stored. */
import type { ListingRequest, ListingRequestState, ListingRequestType } from '../../connect/index.ts'
import type { Db, Tx } from '../../database/index.ts'
import { type ListingRequestId, listingRequestId, type ProductId, productId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { ListingStep } from '../rules/listing/next-step.ts'
import { type Findings, readFindings } from './findings.ts'

export interface ListingKey {
  readonly tenantId: TenantId
  readonly id: ListingRequestId
}

/** `gone`: Connect does not show it any more. */
export type StoredState = ListingRequestState | 'gone'

export interface Word {
  readonly at: Instant
  readonly by: string
}

export interface StoredListingRequest extends ListingKey {
  readonly productId: ProductId
  readonly productName: string | undefined
  readonly productVersion: number | undefined
  readonly type: ListingRequestType
  readonly state: StoredState
  readonly vendorNote: string | undefined
  readonly accepted: Word | undefined
  readonly completed: Word | undefined
  readonly refused: Word | undefined
  /** The operator's last one. */
  readonly note: string | undefined
  readonly findings: Findings | undefined
  /** Refusals and missing answers in a row, and the last one. */
  readonly tries: number
  readonly trouble: string | undefined
  readonly foundAt: Instant
  readonly lookedAt: Instant | undefined
}

/** As Connect tells them, and our `gone`. */
const OVER: readonly StoredState[] = ['completed', 'canceled', 'gone']
export const isOver = (state: StoredState): boolean => OVER.includes(state)

export async function loadListingRequest(db: Db | Tx, { tenantId, id }: ListingKey): Promise<StoredListingRequest | undefined> {
  const row = await db.selectFrom('listing_requests').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
  return row && toRequest(tenantId, row)
}

/** Newest first. @param isOpen only those that are not over */
export async function listListingRequests(
  db: Db | Tx,
  tenantId: TenantId,
  { isOpen = false, limit = 200 }: { readonly isOpen?: boolean; readonly limit?: number } = {},
): Promise<readonly StoredListingRequest[]> {
  const rows = await db
    .selectFrom('listing_requests')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(isOpen, (query) => query.where('state', 'not in', OVER))
    .orderBy('found_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => toRequest(tenantId, row))
}

type Row = Awaited<ReturnType<typeof anyRow>>
const anyRow = (db: Db) => db.selectFrom('listing_requests').selectAll().executeTakeFirstOrThrow()

const toRequest = (tenantId: TenantId, row: Row): StoredListingRequest => ({
  tenantId,
  id: listingRequestId.parse(row.id),
  productId: productId.parse(row.product_id),
  productName: row.product_name ?? undefined,
  productVersion: row.product_version ?? undefined,
  type: typeOf(row.type),
  state: stateOf(row.state),
  vendorNote: row.vendor_note ?? undefined,
  accepted: wordOf(row.accepted_at, row.accepted_by),
  completed: wordOf(row.completed_at, row.completed_by),
  refused: wordOf(row.refused_at, row.refused_by),
  note: row.note ?? undefined,
  findings: readFindings(row.findings),
  tries: row.tries,
  trouble: row.trouble ?? undefined,
  foundAt: row.found_at,
  lookedAt: row.looked_at ?? undefined,
})

const wordOf = (at: Instant | null, by: string | null): Word | undefined => (at && by ? { at, by } : undefined)
const TYPES = ['new', 'update', 'remove'] as const
const typeOf = (text: string): ListingRequestType => TYPES.find((type) => type === text) ?? 'unknown'
const STATES = ['draft', 'reviewing', 'deploying', 'completed', 'canceled', 'gone'] as const
const stateOf = (text: string): StoredState => STATES.find((state) => state === text) ?? 'unknown'

/**
 * What Connect tells of a request, kept. An operator's word was about one version under one review: it is forgotten when the vendor comes
 * with another, or comes again.
 * @returns whether it is new or has changed
 */
export async function keepSeen(tx: Tx, tenantId: TenantId, seen: ListingRequest, product: ProductId, now: Instant): Promise<boolean> {
  const before = await loadListingRequest(tx, { tenantId, id: seen.id })
  const told = {
    product_id: product,
    product_name: seen.productName ?? null,
    type: seen.type,
    state: seen.state,
    product_version: seen.productVersion ?? null,
    vendor_note: seen.note?.slice(0, 2000) ?? null,
  }
  const isNews = before?.state !== seen.state || before.productVersion !== seen.productVersion || before.type !== seen.type
  if (!isNews) return false
  const isAnother = before === undefined || isOver(before.state) || before.productVersion !== seen.productVersion
  await tx
    .insertInto('listing_requests')
    .values({ tenant_id: tenantId, id: seen.id, ...told, found_at: dateOf(now), changed_at: dateOf(now) })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet({ ...told, changed_at: dateOf(now), ...(isAnother ? nothingSaid : {}) }),
    )
    .execute()
  return true
}

const nothingSaid = {
  ...{ accepted_at: null, accepted_by: null, completed_at: null, completed_by: null, refused_at: null, refused_by: null },
  ...{ note: null, findings: null, intent: null, intent_at: null, tries: 0, trouble: null },
}

interface Change {
  readonly state?: StoredState
  readonly findings?: Findings
  /** Null: none is on its way. */
  readonly intent?: Exclude<ListingStep, 'publish'> | null
}

/** A look went well: what was refused before is forgotten. */
export async function saveListingRequest(tx: Tx, key: ListingKey, { state, findings, intent }: Change, now: Instant): Promise<void> {
  await update(tx, key)
    .set({
      ...(state ? { state, changed_at: dateOf(now) } : {}),
      ...(findings ? { findings: JSON.stringify(findings), looked_at: dateOf(now) } : {}),
      ...(intent === undefined ? {} : { intent, intent_at: intent === null ? null : dateOf(now) }),
    })
    .execute()
}

/** A step was refused, or not answered. @returns how often in a row */
export async function saveTrouble(tx: Tx, key: ListingKey, trouble: string): Promise<number> {
  const row = await update(tx, key)
    .set(({ eb }) => ({ tries: eb('tries', '+', 1), trouble: trouble.slice(0, 500) }))
    .returning('tries')
    .executeTakeFirst()
  return row?.tries ?? 1
}

export const forgetTrouble = async (tx: Tx, key: ListingKey): Promise<void> => {
  await update(tx, key).set({ tries: 0, trouble: null }).where('tries', '>', 0).execute()
}

export type SaidWord = 'accept' | 'complete' | 'refuse'

/** An operator says it; another word later stands beside it. */
export async function saveWord(tx: Tx, key: ListingKey, said: SaidWord, by: string, note: string | undefined, now: Instant): Promise<void> {
  const at = dateOf(now)
  const word = {
    accept: { accepted_at: at, accepted_by: by },
    complete: { completed_at: at, completed_by: by },
    refuse: { refused_at: at, refused_by: by },
  }[said]
  await update(tx, key)
    .set({ ...word, ...(note === undefined ? {} : { note }) })
    .execute()
}

const update = (tx: Tx, { tenantId, id }: ListingKey) =>
  tx.updateTable('listing_requests').where('tenant_id', '=', tenantId).where('id', '=', id)

const dateOf = (at: Instant): Date => new Date(at.getTime())
