/** Rules of the offer as a whole. */
import { allOf, metersView, planView, previewAudienceView, priceView, productView, propertyView, setupView } from '../views.ts'
import { type Finding, type Judged, when } from './finding.ts'

const MOST_PLANS = 100
const MOST_PRIVATE_PLANS = 45
const MOST_DIMENSIONS = 30
const MOST_PREVIEW_USERS = 20

export const offerFindings = (judged: Judged): readonly Finding[] => [
  ...kind(judged),
  ...plans(judged),
  ...dimensions(judged),
  ...oneModel(judged),
  ...previewAudience(judged),
  ...categories(judged),
]

const kind = ({ draft }: Judged): readonly Finding[] =>
  allOf(draft, 'product', productView).flatMap(({ id, value: { type } }) =>
    when(type !== 'softwareAsAService', id, `Type ${type} is not supported`).map((finding) => ({ ...finding, code: 'notSupported' })),
  )

function plans({ draft }: Judged): readonly Finding[] {
  const all = allOf(draft, 'plan', planView)
  const inPrivate = allOf(draft, 'price-and-availability-plan', priceView).filter(({ value }) => value.audience === 'private')
  const [over] = all.slice(MOST_PLANS)
  const [overPrivate] = inPrivate.slice(MOST_PRIVATE_PLANS)
  return [
    ...(over ? [{ id: over.id, code: 'collectionLimitExceeded', message: `An offer can have at most ${MOST_PLANS} plans.` }] : []),
    ...(overPrivate
      ? [{ id: overPrivate.id, code: 'collectionLimitExceeded', message: `An offer can have at most ${MOST_PRIVATE_PLANS} private plans.` }]
      : []),
  ]
}

const dimensions = ({ draft }: Judged): readonly Finding[] =>
  allOf(draft, 'price-and-availability-custom-meter', metersView).flatMap(({ id, value: { customMeters } }) => [
    ...when(Object.keys(customMeters).length > MOST_DIMENSIONS, id, `An offer can have at most ${MOST_DIMENSIONS} dimensions.`),
    ...Object.keys(customMeters)
      .filter((name) => !/^[A-Za-z0-9_-]{1,50}$/.test(name))
      .map((name) => ({ id, message: `The dimension id '${name}' is not valid.` })),
  ])

/** Flat rate or per user: all plans alike. */
function oneModel({ draft }: Judged): readonly Finding[] {
  const priced = allOf(draft, 'price-and-availability-plan', priceView).flatMap(({ id, value }) =>
    value.pricing?.recurrentPrice ? [{ id, mode: value.pricing.recurrentPrice.recurrentPriceMode }] : [],
  )
  const [first] = priced
  const licensed = allOf(draft, 'commercial-marketplace-setup', setupView).some(({ value }) => value.useMicrosoftLicenseManagementService)
  return priced.flatMap(({ id, mode }) => [
    ...when(mode !== first?.mode, id, 'All plans of an offer must use the same pricing model.'),
    ...when(licensed && mode !== 'perUser', id, 'Offers with Microsoft license management support per-user pricing only.'),
  ])
}

const previewAudience = ({ draft }: Judged): readonly Finding[] =>
  allOf(draft, 'price-and-availability-offer', previewAudienceView).flatMap(({ id, value }) => {
    const audiences = value.previewAudiences ?? []
    return [
      ...when(audiences.length > MOST_PREVIEW_USERS, id, `The preview audience can have at most ${MOST_PREVIEW_USERS} entries.`),
      ...audiences
        .filter(({ type, id: address }) => type !== 'email' || !/^[^@\s]+@[^@\s]+$/.test(address))
        .map(({ type, id: address }) => ({
          id,
          message: `The preview audience entry '${address}' of type ${type} is not a mail address.`,
        })),
    ]
  })

const categories = ({ draft }: Judged): readonly Finding[] =>
  allOf(draft, 'property', propertyView).flatMap(({ id, value }) => [
    ...when(Object.keys(value.categories).length > 2, id, 'An offer can have at most 2 categories.'),
    ...when(Object.keys(value.industries ?? {}).length > 2, id, 'An offer can have at most 2 industries.'),
    ...when((value.termsOfUse ?? '').length > 10_000, id, 'The terms of use can have at most 10,000 characters.'),
  ])
