/** Microsoft's limits, held against an offer: proposed, edited or kept. Pure. */
import { checkPage } from './check-page.ts'
import { checkPlan } from './check-plan.ts'
import { EXTERNAL_ID, limits } from './limits.ts'
import { type OfferProposal, subjectOf } from './offer.ts'
import { type Problem, problem } from './problems.ts'

/** Everything Microsoft would refuse or somebody should know, the offer first, then plan by plan. */
export const checkOffer = (offer: OfferProposal): readonly Problem[] => [
  ...checkSetup(offer),
  ...checkDimensions(offer),
  ...checkPage(offer),
  ...offer.plans.flatMap((plan) => checkPlan(offer, plan)),
]

function checkSetup(offer: OfferProposal): readonly Problem[] {
  const subject = subjectOf(offer)
  const { content, id, plans } = offer
  const count = plans.length
  const privatePlans = plans.filter(({ content }) => content.audience?.kind === 'private').length
  const alias = content.alias ?? offer.name
  const audience = content.previewAudience ?? []
  return [
    // An offer made by hand may have an id the schema would not take today.
    ...(offer.made || EXTERNAL_ID.test(id) ? [] : [problem('OFFER_ID_INVALID', subject, { id }, 'id')]),
    ...(plans.some((plan) => !plan.content.retired) ? [] : [problem('PLANS_MISSING', subject)]),
    ...(count > limits.plans ? [problem('PLANS_TOO_MANY', subject, { count: String(count) })] : []),
    ...(privatePlans > limits.privatePlans ? [problem('PRIVATE_PLANS_TOO_MANY', subject, { count: String(privatePlans) })] : []),
    ...tooLong('ALIAS_TOO_LONG', subject, alias, limits.offerAlias, 'alias'),
    ...(content.previewAudience !== undefined && audience.length === 0
      ? [problem('PREVIEW_AUDIENCE_MISSING', subject, {}, 'previewAudience')]
      : []),
    ...(audience.length > limits.previewAudience
      ? [problem('PREVIEW_AUDIENCE_TOO_MANY', subject, { count: String(audience.length) }, 'previewAudience')]
      : []),
  ]
}

const tooLong = (code: 'ALIAS_TOO_LONG', subject: string, text: string, limit: number, field: string): readonly Problem[] =>
  text.length <= limit ? [] : [problem(code, subject, { length: String(text.length), limit: String(limit) }, field)]

function checkDimensions(offer: OfferProposal): readonly Problem[] {
  const declared = new Set(offer.content.dimensions.map(({ id }) => id))
  const used = new Set(
    offer.plans.flatMap(({ items, content }) => [
      ...items.flatMap(({ dimension }) => dimension ?? []),
      ...content.meters.map(({ dimension }) => dimension),
    ]),
  )
  const subject = subjectOf(offer)
  return [
    ...(declared.size > limits.dimensions ? [problem('DIMENSIONS_TOO_MANY', subject, { count: String(declared.size) }, 'dimensions')] : []),
    ...[...used].filter((id) => !declared.has(id)).map((dimension) => problem('DIMENSION_MISSING', subject, { dimension }, 'dimensions')),
  ]
}
