/** How far a product's offers are at Microsoft, read there: nothing is taken from what we meant to do. */

import { hasCode } from '../../kit/errors/index.ts'
import type { OfferId, TenantId } from '../../kit/ids.ts'
import { offerId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { IngestionTarget } from '../../microsoft/index.ts'
import { isOffered, type PublishedOffer, stageOf } from '../rules/listing/stage.ts'
import type { OfferStage } from '../rules/listing/view.ts'
import type { OfferProposal } from '../rules/offer.ts'
import { type OfferTree, offerTree } from '../rules/resources/tree.ts'
import type { ListingDeps } from './deps.ts'

export interface Stages {
  readonly stage: OfferStage
  readonly isOffered: boolean
  readonly offers: readonly { readonly id: string; readonly stage: OfferStage }[]
}

/** `untold` where the publisher gave no app for Partner Center. @throws ApiError as its calls do */
export async function stagesOf(
  { ingestionFor }: Pick<ListingDeps, 'ingestionFor'>,
  tenantId: TenantId,
  offers: readonly OfferProposal[],
  signal?: AbortSignal,
): Promise<Stages> {
  try {
    const ingestion = await ingestionFor(tenantId)
    const published: PublishedOffer[] = []
    for (const offer of offers) published.push(await publishedOffer(ingestion, offer, signal))
    return {
      stage: stageOf(published),
      isOffered: isOffered(published),
      offers: offers.map(({ id }, at) => ({ id, stage: stageOf(published.slice(at, at + 1)) })),
    }
  } catch (error) {
    if (!hasCode(error, 'ERR_CREDENTIAL_MISSING')) throw error
    return { stage: 'untold', isOffered: true, offers: offers.map(({ id }) => ({ id, stage: 'untold' as const })) }
  }
}

type Ingestion = Awaited<ReturnType<ListingDeps['ingestionFor']>>

async function publishedOffer(ingestion: Ingestion, offer: OfferProposal, signal: AbortSignal | undefined): Promise<PublishedOffer> {
  const plans = offer.plans.map(({ id, content }) => ({ id, retired: content.retired }))
  const product = await ingestion.findProduct(asOfferId(offer), signal)
  if (!product) return { plans, preview: undefined, live: undefined, ended: false }
  const read = async (target: IngestionTarget): Promise<OfferTree | undefined> => {
    const tree = await ingestion.readTree(product.productId, target, signal)
    return tree && offerTree(tree.resources)
  }
  const submissions = await ingestion.listSubmissions(product.productId, signal)
  const published = submissions.filter(({ target, result }) => target === 'live' && result === 'succeeded')
  const newest = published.reduce<(typeof published)[number] | undefined>((last, one) => (isNewer(last, one) ? last : one), undefined)
  const ended = newest?.lifecycleState === 'deprecated'
  return { plans, preview: await read('preview'), live: await read('live'), ended }
}

type Dated = { readonly createdAt?: Instant | undefined }
const isNewer = (a: Dated | undefined, b: Dated): boolean =>
  a !== undefined && (a.createdAt?.getTime() ?? 0) > (b.createdAt?.getTime() ?? 0)

const asOfferId = ({ id }: OfferProposal): OfferId => offerId.parse(id)
