/** How private offers are written. */
import { createHash } from 'node:crypto'
import { guidOf } from '../ids.ts'
import type { State } from '../state.ts'
import type { Body, Resource } from '../types.ts'
import { schemaUri } from '../versions.ts'
import { planView, productView } from '../views.ts'
import type { PrivateOffer } from './types.ts'
import { type Line, offerView } from './view.ts'

/** Private offers came later than offers: their versions lie above the usual ceiling. */
const CEILING = '2023-07-15'

export function wirePrivateOffer(state: State, offer: PrivateOffer, ceiling = CEILING): Body {
  const { pricing, beneficiaries } = offerView.parse(offer.body)
  const { validations: _, termsAndConditionsDocSasUrl: __, ...body } = offer.body
  const given = Array.isArray(body['pricing']) ? body['pricing'] : []
  return {
    $schema: schemaUri('private-offer', ceiling),
    id: `private-offer/${offer.guid}`,
    ...body,
    state: offer.state,
    ...(offer.state === 'live' && {
      subState: offer.accepted ? 'accepted' : 'pendingAcceptance',
      acceptanceLinks: beneficiaries.map(({ id }) => ({ beneficiaryId: id, link: acceptanceLink(offer.guid) })),
    }),
    pricing: given.map((line, index) => ({ ...line, ...namesOf(state, pricing[index]) })),
    lastModified: offer.modified.toISOString().slice(0, 10),
    eTag: eTagOf(offer),
  }
}

export const acceptanceLink = (guid: string): string =>
  `https://portal.azure.com/#view/Microsoft_Azure_Marketplace/PrivateOfferDetails.ReactView/offerId/${guid}`

/** Changes with every change of the offer; between quotation marks. */
const eTagOf = ({ guid, revision }: PrivateOffer): string =>
  `"${createHash('sha256').update(`${guid} ${revision}`).digest('hex').slice(0, 8)}-0000-0800-0000-${createHash('sha256').update(guid).digest('hex').slice(0, 12)}"`

function namesOf(state: State, line: Line | undefined): Body {
  const draft = line && state.products.get(guidOf(line.product))?.draft
  const product = line && draft?.get(line.product)
  const plan = draft?.get(line?.plan ?? line?.basePlan ?? '')
  return {
    ...(product && { productName: productView.parse(product.body).alias }),
    ...(plan && { planName: planView.parse(plan.body).alias }),
  }
}

export const wirePrivatePrice = ({ type, id, body }: Resource, ceiling = CEILING): Body => ({
  $schema: schemaUri(type, ceiling),
  id,
  ...body,
})
