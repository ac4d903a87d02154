/** What offers and plans are to be at Microsoft, as stored: texts openly, the secret of a lead destination sealed, files by their hash. */
import { type Selectable, sql } from 'kysely'
import type { Keyring } from '../../database/secrets.ts'
import type { MediaFileRow, OfferContentRow, PlanContentRow } from '../../database/tables/offer-contents.ts'
import type { Db, Tx } from '../../database/types.ts'
import { hasCode } from '../../kit/errors/index.ts'
import { type OfferId, offerId, type PlanId, planId, type TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { KeptFile } from '../model/media.ts'
import { type OfferContent, offerContent, openContent } from '../model/offer-content.ts'
import { type PlanContent, planContent } from '../model/plan-content.ts'
import { readStored } from './stored.ts'

interface Stamps {
  /** It exists at Microsoft: its id is fixed. */
  readonly madeAt: Instant | undefined
  /** It was live there: what Microsoft never lets change is fixed. */
  readonly publishedAt: Instant | undefined
}

export interface OfferContentOf extends Stamps {
  readonly offerId: OfferId
  /** Without the secret of its lead destination. */
  readonly content: OfferContent
  readonly sealedLeadSecret: string | undefined
}

export interface PlanContentOf extends Stamps {
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly content: PlanContent
}

export async function listOfferContents(db: Db, tenantId: TenantId): Promise<readonly OfferContentOf[]> {
  const rows = await db.selectFrom('offer_contents').selectAll().where('tenant_id', '=', tenantId).orderBy('offer_id').execute()
  return rows.map(toOfferContent)
}

export async function listPlanContents(db: Db, tenantId: TenantId): Promise<readonly PlanContentOf[]> {
  const rows = await db
    .selectFrom('plan_contents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('offer_id')
    .orderBy('plan_id')
    .execute()
  return rows.map(toPlanContent)
}

/** @param offerId without `-preview` */
export async function getOfferContent(db: Db, tenantId: TenantId, offerId: OfferId): Promise<OfferContentOf | undefined> {
  const row = await db
    .selectFrom('offer_contents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offerId)
    .executeTakeFirst()
  return row && toOfferContent(row)
}

export async function planContentsOfOffer(db: Db, tenantId: TenantId, offerId: OfferId): Promise<readonly PlanContentOf[]> {
  const rows = await db
    .selectFrom('plan_contents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offerId)
    .orderBy('plan_id')
    .execute()
  return rows.map(toPlanContent)
}

/** @throws AppError ERR_SECRET_UNREADABLE */
export const openLeadSecret = (keyring: Keyring, tenantId: TenantId, { offerId, sealedLeadSecret }: OfferContentOf): string | undefined =>
  sealedLeadSecret === undefined ? undefined : keyring.open(sealedLeadSecret, placeOf(tenantId, offerId))

/** The secret, or `undefined` when there is none or no key at hand opens it: giving it again is then the cure. */
export function openLeadSecretIfReadable(keyring: Keyring, tenantId: TenantId, stored: OfferContentOf): string | undefined {
  try {
    return openLeadSecret(keyring, tenantId, stored)
  } catch (error) {
    if (hasCode(error, 'ERR_SECRET_UNREADABLE')) return undefined
    throw error
  }
}

export interface OfferContentToSave {
  readonly offerId: OfferId
  /** Its media are addresses or kept files. */
  readonly content: OfferContent
  /** Of its lead destination. */
  readonly leadSecret: string | undefined
}

/** Writes the content; when it was made and published stays. */
export async function saveOfferContent(
  tx: Tx,
  keyring: Keyring,
  tenantId: TenantId,
  save: OfferContentToSave,
  now: Instant,
): Promise<void> {
  const { offerId, content, leadSecret } = save
  const values = {
    content: JSON.stringify(openContent(content)),
    lead_secret: leadSecret === undefined ? null : keyring.seal(leadSecret, placeOf(tenantId, offerId)),
    updated_at: dateOf(now),
  }
  await tx
    .insertInto('offer_contents')
    .values({ tenant_id: tenantId, offer_id: offerId, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'offer_id']).doUpdateSet(values))
    .execute()
}

/** Writes the content; when it was made and published stays. */
export async function savePlanContent(
  tx: Tx,
  tenantId: TenantId,
  { offerId, planId, content }: Pick<PlanContentOf, 'offerId' | 'planId' | 'content'>,
  now: Instant,
): Promise<void> {
  const values = { content: JSON.stringify(content), updated_at: dateOf(now) }
  await tx
    .insertInto('plan_contents')
    .values({ tenant_id: tenantId, offer_id: offerId, plan_id: planId, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'offer_id', 'plan_id']).doUpdateSet(values))
    .execute()
}

/** What of an offer has come to exist (`made`) or to be sold (`published`) at Microsoft. */
export interface Seen {
  readonly offerId: OfferId
  readonly planIds: readonly PlanId[]
  readonly as: 'made' | 'published'
}

/** An offer is only mapped from then on; kept files stay. */
export async function removeContents(tx: Tx, tenantId: TenantId, offerId: OfferId): Promise<void> {
  for (const table of ['plan_contents', 'offer_contents'] as const)
    await tx.deleteFrom(table).where('tenant_id', '=', tenantId).where('offer_id', '=', offerId).execute()
}

/** Fixes ids, or all that is fixed by being live. The first time counts; nothing is ever unfixed. */
export async function fixContents(tx: Tx, tenantId: TenantId, { offerId, planIds, as }: Seen, now: Instant): Promise<void> {
  const at = dateOf(now)
  const offer = tx.updateTable('offer_contents').where('tenant_id', '=', tenantId).where('offer_id', '=', offerId)
  const plans = tx.updateTable('plan_contents').where('tenant_id', '=', tenantId).where('offer_id', '=', offerId)
  const here = planIds.length === 0 ? undefined : plans.where('plan_id', 'in', planIds)
  await offer.set({ made_at: at }).where('made_at', 'is', null).execute()
  await here?.set({ made_at: at }).where('made_at', 'is', null).execute()
  if (as === 'made') return
  await offer.set({ published_at: at }).where('published_at', 'is', null).execute()
  await here?.set({ published_at: at }).where('published_at', 'is', null).execute()
}

/** Keeps a file; the same content twice is one file. */
export async function keepFile(tx: Tx, tenantId: TenantId, { sha256, contentType, content }: KeptFile, now: Instant): Promise<void> {
  await tx
    .insertInto('media_files')
    .values({ tenant_id: tenantId, sha256, content_type: contentType, content, created_at: dateOf(now) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'sha256']).doNothing())
    .execute()
}

export async function findFile(db: Db, tenantId: TenantId, sha256: string): Promise<Pick<KeptFile, 'contentType' | 'content'> | undefined> {
  const row: Selectable<MediaFileRow> | undefined = await db
    .selectFrom('media_files')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row && { contentType: row.content_type, content: row.content }
}

/** A kept file that the content of an offer names; what no offer names is nobody's to fetch. @param sha256 in hex */
export async function findNamedFile(
  db: Db,
  tenantId: TenantId,
  sha256: string,
): Promise<Pick<KeptFile, 'contentType' | 'content'> | undefined> {
  const named = await db
    .selectFrom('offer_contents')
    .select('offer_id')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`(content -> 'media')::text like ${`%"kept:${sha256}/%`}`)
    .limit(1)
    .executeTakeFirst()
  return named && findFile(db, tenantId, sha256)
}

/** So much of a file tells what it is, and how large a picture is. */
const HEAD = 32

/** The first bytes of kept files, by hash; one that is not kept is not among them. */
export async function fileHeads(db: Db, tenantId: TenantId, hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  if (hashes.length === 0) return new Map()
  const rows = await db
    .selectFrom('media_files')
    .select(['sha256', sql<Buffer>`substring(content from 1 for ${sql.lit(HEAD)})`.as('head')])
    .where('tenant_id', '=', tenantId)
    .where('sha256', 'in', hashes)
    .execute()
  return new Map(rows.map(({ sha256, head }) => [sha256, head]))
}

const toOfferContent = (row: Selectable<OfferContentRow>): OfferContentOf => ({
  offerId: offerId.parse(row.offer_id),
  content: readStored(offerContent, row.content, 'offer_contents.content'),
  sealedLeadSecret: row.lead_secret ?? undefined,
  ...stampsOf(row),
})

const toPlanContent = (row: Selectable<PlanContentRow>): PlanContentOf => ({
  offerId: offerId.parse(row.offer_id),
  planId: planId.parse(row.plan_id),
  content: readStored(planContent, row.content, 'plan_contents.content'),
  ...stampsOf(row),
})

const stampsOf = ({ made_at, published_at }: Pick<Selectable<PlanContentRow>, 'made_at' | 'published_at'>): Stamps => ({
  madeAt: made_at === null ? undefined : instant(made_at),
  publishedAt: published_at === null ? undefined : instant(published_at),
})

const dateOf = (at: Instant): Date => new Date(at.getTime())

const placeOf = (tenantId: TenantId, offerId: OfferId) => ({ tenantId, column: `offer_contents.lead_secret.${offerId}` })
