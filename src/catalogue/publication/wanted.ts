/** What a publisher wants of an offer, put together from what is kept: content, plans, our addresses, the app's ids, the kept files. */
import { type Db, inTransaction, type Keyring } from '../../database/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import {
  findProductByOffer,
  getOfferContent,
  listOffers,
  listPlanMappings,
  type Media,
  mediaUrl,
  microsoftAppIds,
  type Offer,
  type OfferContentOf,
  openLeadSecret,
  partnerCenterUrls,
  planContentsOfOffer,
  withLeadSecret,
} from '../../tenants/index.ts'
import type { TechnicalConfiguration, WantedOffer, WantedPlan } from '../rules/resources/wanted.ts'
import { filesOf } from './files.ts'
import { contentMark, leadMark } from './marks.ts'
import type { PublicationKey } from './record.ts'

export interface WantedDeps {
  readonly db: Db
  readonly keyring: Keyring
  /** Our origin from outside. */
  readonly publicUrl: string
}

export interface Wanted {
  readonly offer: Offer
  /** With the lead destination's secret in its place. */
  readonly wanted: WantedOffer
  /** Without it. */
  readonly open: WantedOffer
  readonly leadMark: string | undefined
  readonly contentMark: string
}

/** What of an offer is the publisher's own to say; undefined for an offer whose content is Partner Center's (it was only mapped), or that is not there. */
export async function keptContent(
  db: Db,
  { tenantId, offerId }: PublicationKey,
): Promise<{ readonly offer: Offer; readonly kept: OfferContentOf; readonly plans: readonly WantedPlan[] } | undefined> {
  const offer = (await listOffers(db, tenantId)).find(({ id }) => id === offerId)
  const kept = offer && (await getOfferContent(db, tenantId, offerId))
  if (!offer || !kept) return undefined
  return { offer, kept, plans: await plansOf(db, tenantId, offerId) }
}

/** The mark a yes to going live is given for. */
export const contentMarkOf = ({ offer, kept, plans }: NonNullable<Awaited<ReturnType<typeof keptContent>>>): string =>
  contentMark({ name: offer.name ?? offer.id, content: kept.content, plans })

/** @param sentLeadMark of the secret that was sent last */
export const wantedOffer = (
  { db, keyring, publicUrl }: WantedDeps,
  key: PublicationKey,
  sentLeadMark: string | undefined,
  now: Instant,
): Promise<Wanted | undefined> =>
  inTransaction(db, async (tx) => {
    const found = await keptContent(tx, key)
    if (!found) return undefined
    const { offer, kept, plans } = found
    const { content } = kept
    const mark = leadMark(kept)
    const open: WantedOffer = {
      offerId: offer.id,
      name: offer.name ?? offer.id,
      content,
      technical: await technicalOf(tx, offer, publicUrl, now),
      files: filesOf(content.media ?? noMedia, (sha256, name) => mediaUrl(publicUrl, key.tenantId, sha256, name)),
      plans,
      newLeadSecret: mark !== undefined && mark !== sentLeadMark,
    }
    const secret = openLeadSecret(keyring, key.tenantId, kept)
    const wanted = content.leads ? { ...open, content: { ...content, leads: withLeadSecret(content.leads, secret) } } : open
    return { offer, wanted, open, leadMark: mark, contentMark: contentMarkOf(found) }
  })

const noMedia: Media = { screenshots: [], documents: [] }

async function plansOf(db: Db, tenantId: TenantId, offerId: OfferId): Promise<readonly WantedPlan[]> {
  const contents = await planContentsOfOffer(db, tenantId, offerId)
  return (await listPlanMappings(db, tenantId, offerId))
    .filter(({ status }) => status === 'active')
    .flatMap(({ planId, name }) => {
      const found = contents.find((one) => one.planId === planId)
      return found ? [{ planId, name: name ?? planId, content: found.content }] : []
    })
    .sort((a, b) => (a.planId < b.planId ? -1 : 1))
}

/** Undefined while the publisher's app is not known. */
async function technicalOf(db: Db, { tenantId, id }: Offer, publicUrl: string, now: Instant): Promise<TechnicalConfiguration | undefined> {
  const product = await findProductByOffer(db, tenantId, id)
  const app = (await microsoftAppIds(db, [tenantId], now)).get(tenantId)
  if (!product || !app) return undefined
  return { ...partnerCenterUrls(publicUrl, tenantId, product.id), directoryId: app.tenantId, clientId: app.clientId }
}
