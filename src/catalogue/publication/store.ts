/** Publications as stored. */
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import type { OfferWritingRow, PublicationRow } from '../../database/tables/publications.ts'
import { offerId, partnerCenterProductId, tenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { IngestionResource } from '../../microsoft/index.ts'
import type { OfferTree } from '../rules/resources/tree.ts'
import { type Publication, type PublicationKey, seenSubmission, standing, storedRequest } from './record.ts'
import type { Written } from './written-of.ts'

export async function readPublication(db: Db, { tenantId, offerId }: PublicationKey): Promise<Publication | undefined> {
  const row = await db
    .selectFrom('offer_publications')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offerId)
    .executeTakeFirst()
  return row && toPublication(row)
}

export async function listPublications(
  db: Db,
  of: { readonly tenantId?: PublicationKey['tenantId'] } = {},
): Promise<readonly Publication[]> {
  let query = db.selectFrom('offer_publications').selectAll()
  if (of.tenantId !== undefined) query = query.where('tenant_id', '=', of.tenantId)
  return (await query.orderBy('tenant_id').orderBy('offer_id').execute()).map(toPublication)
}

type Wanted = Pick<Publication, 'target' | 'wantedBy' | 'wantedAt'> & Partial<Pick<Publication, 'confirmed' | 'acceptedEdits'>>

/** Sets how far the offer is wanted; a yes that is not given again stays as it is, but for an offer that leaves the store. */
export async function saveWanted(tx: Tx, { tenantId, offerId }: PublicationKey, wanted: Wanted): Promise<void> {
  const { target, wantedBy, wantedAt, confirmed, acceptedEdits } = wanted
  const values = {
    ...{ target, wanted_by: wantedBy, wanted_at: dateOf(wantedAt) },
    ...(target === 'ended' && { confirmed_content: null, confirmed_by: null, confirmed_at: null }),
    ...(confirmed && { confirmed_content: confirmed.content, confirmed_by: confirmed.by, confirmed_at: dateOf(confirmed.at) }),
    ...(acceptedEdits === undefined ? {} : { accepted_edits: acceptedEdits }),
  }
  await tx
    .insertInto('offer_publications')
    .values({ tenant_id: tenantId, offer_id: offerId, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'offer_id'])
        .doUpdateSet(({ ref }) => ({ ...values, revision: sql`${ref('offer_publications.revision')} + 1` })),
    )
    .execute()
}

/** Standings of before say nothing any more. @returns the keys of all that are wanted anywhere */
export async function outdateStandings(
  db: Db | Tx,
  of: { readonly tenantId?: PublicationKey['tenantId'] } = {},
): Promise<readonly PublicationKey[]> {
  let query = db.updateTable('offer_publications').set(({ ref }) => ({ revision: sql`${ref('revision')} + 1` }))
  if (of.tenantId !== undefined) query = query.where('tenant_id', '=', of.tenantId)
  const rows = await query.returning(['tenant_id', 'offer_id']).execute()
  return rows.map((row) => ({ tenantId: tenantId.parse(row.tenant_id), offerId: offerId.parse(row.offer_id) }))
}

export type Seen = Partial<Pick<Publication, 'productGuid' | 'request' | 'preview' | 'live' | 'leadMark' | 'lockedSince' | 'standing'>>

/** Writes what is given; what is left out stays, what is given as undefined is taken away. */
export async function saveSeen(tx: Tx, { tenantId, offerId }: PublicationKey, seen: Seen): Promise<void> {
  const values: Updateable<PublicationRow> = {
    ...('productGuid' in seen && { product_guid: seen.productGuid ?? null }),
    ...('request' in seen && { request: jsonOf(seen.request) }),
    ...('preview' in seen && { preview: jsonOf(seen.preview) }),
    ...('live' in seen && { live: jsonOf(seen.live) }),
    ...('leadMark' in seen && { lead_mark: seen.leadMark ?? null }),
    ...('lockedSince' in seen && { locked_since: seen.lockedSince ? dateOf(seen.lockedSince) : null }),
    ...('standing' in seen && { standing: jsonOf(seen.standing) }),
  }
  if (Object.keys(values).length === 0) return
  await tx.updateTable('offer_publications').set(values).where('tenant_id', '=', tenantId).where('offer_id', '=', offerId).execute()
}

export async function saveWritten(tx: Tx, { tenantId, offerId }: PublicationKey, written: readonly Written[], at: Instant): Promise<void> {
  if (written.length === 0) return
  const rows = written.map(
    ({ type, key, body }): Insertable<OfferWritingRow> => ({
      ...{ tenant_id: tenantId, offer_id: offerId, type, key },
      ...{ body: JSON.stringify(body), sent_at: dateOf(at) },
    }),
  )
  await tx
    .insertInto('offer_writings')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'offer_id', 'type', 'key']).doUpdateSet(({ ref }) => ({
        body: ref('excluded.body'),
        sent_at: ref('excluded.sent_at'),
      })),
    )
    .execute()
}

const shape = z.object({ $schema: z.string() })
const storedBody = z.custom<IngestionResource>((body) => shape.safeParse(body).success)

/** What was last sent of each resource; undefined: nothing yet. */
export async function readWritten(db: Db, { tenantId, offerId }: PublicationKey): Promise<OfferTree | undefined> {
  const rows = await db.selectFrom('offer_writings').selectAll().where('tenant_id', '=', tenantId).where('offer_id', '=', offerId).execute()
  const found = new Map(rows.map(({ type, key, body }) => [JSON.stringify([type, key]), storedBody.parse(body)] as const))
  if (found.size === 0) return undefined
  const places = new Map([...found].map(([place, body]) => [body, place] as const))
  return {
    resources: [...found.values()],
    find: (type, key) => found.get(JSON.stringify([type, key])),
    planIdOf: () => undefined,
    placeOf(resource) {
      const place: unknown = JSON.parse(places.get(resource) ?? '[]')
      return Array.isArray(place) && place.length === 2 ? { type: String(place[0]), key: String(place[1]) } : undefined
    },
  }
}

const toPublication = (row: Selectable<PublicationRow>): Publication => ({
  tenantId: tenantId.parse(row.tenant_id),
  offerId: offerId.parse(row.offer_id),
  target: row.target,
  wantedBy: row.wanted_by,
  wantedAt: instant(row.wanted_at),
  confirmed:
    row.confirmed_content === null || row.confirmed_at === null
      ? undefined
      : { content: row.confirmed_content, by: row.confirmed_by ?? '', at: instant(row.confirmed_at) },
  acceptedEdits: row.accepted_edits ?? undefined,
  productGuid: row.product_guid === null ? undefined : partnerCenterProductId.parse(row.product_guid),
  request: readIf(storedRequest, row.request),
  preview: readIf(seenSubmission, row.preview),
  live: readIf(seenSubmission, row.live),
  leadMark: row.lead_mark ?? undefined,
  lockedSince: row.locked_since === null ? undefined : instant(row.locked_since),
  standing: readIf(standing, row.standing),
  revision: row.revision,
})

const readIf = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | undefined =>
  value === null ? undefined : schema.parse(value)

const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

const dateOf = (at: Instant): Date => new Date(at.getTime())
