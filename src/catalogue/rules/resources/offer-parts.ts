/** The parts of an offer there is one of: product, selling, properties, technical configuration, preview audience, dimensions, resale. */
import type { OfferContent } from '../../../tenants/model/offer-content.ts'
import { absent, list, ofOffer, value, word } from './build.ts'
import type { Claim } from './claim.ts'
import type { DesiredResource, TechnicalConfiguration, WantedOffer } from './wanted.ts'

export const product = ({ offerId, name, content }: WantedOffer): DesiredResource => ({
  ...ofOffer('product', value('alias', 'Name in Partner Center', content.alias ?? name), {
    identity: { externalId: offerId },
    type: 'softwareAsAService',
  }),
  refs: [],
})

/** License management by Microsoft knows no flat rate: switched off there, left alone elsewhere. */
export const setup = ({ content }: WantedOffer): DesiredResource =>
  ofOffer(
    'commercial-marketplace-setup',
    [
      ...value('sellThroughMicrosoft', 'Sold through Microsoft', true, {
        final: 'an offer sold through Microsoft cannot go back to a mere listing',
      }),
      ...value(
        'useMicrosoftLicenseManagementService',
        'Licenses managed by Microsoft',
        content.pricingModel === 'flatRate' ? false : undefined,
        {
          absentMeans: false,
        },
      ),
    ],
    { useMicrosoftLicenseManagementService: false },
  )

export const property = ({ content }: WantedOffer): DesiredResource =>
  ofOffer(
    'property',
    [
      ...value('categories', 'Categories', content.categories),
      ...value('industries', 'Industries', content.industries),
      ...value('appVersion', 'Version', content.appVersion),
      ...legalTerms(content),
    ],
    { kind: 'azureSaaS' },
  )

function legalTerms({ legal }: OfferContent): readonly Claim[] {
  if (!legal) return []
  return [
    ...value('termsConditions', 'Contract', legal.terms === 'own' ? 'custom' : 'standardMicrosoft'),
    ...value('standardContractAmendment', 'Amendment to the standard contract', legal.amendment),
    ...(legal.terms !== 'own' ? [] : oneOf(legal.text, legal.url)),
  ]
}

/** Text or address: the other one goes. */
const oneOf = (text: string | undefined, url: string | undefined): readonly Claim[] => [
  ...(text === undefined ? absent('termsOfUse', 'Terms of use') : value('termsOfUse', 'Terms of use', text)),
  ...(url === undefined
    ? absent('termsOfUseUrl', 'Address of the terms of use')
    : value('termsOfUseUrl', 'Address of the terms of use', url)),
]

export const technical = ({ landingPage, webhook, directoryId, clientId }: TechnicalConfiguration): DesiredResource =>
  ofOffer('software-as-a-service-technical-configuration', [
    ...value('landingPageUrl', 'Landing page', landingPage),
    ...value('connectionWebhook', 'Connection webhook', webhook),
    ...word('azureAdTenantId', 'Microsoft Entra tenant id', directoryId),
    ...word('azureAdAppId', 'Microsoft Entra application id', clientId),
  ])

export const previewAudience = (addresses: readonly string[]): DesiredResource =>
  ofOffer(
    'price-and-availability-offer',
    list('previewAudiences', 'Preview audience', {
      items: addresses.map((id) => ({ type: 'email', id })),
      keyedBy: 'id',
      ours: ['type', 'id'],
      others: 'remove',
      existing: 'keep',
    }),
    { previewAudiences: [] },
  )

/** Dimensions nobody here knows stay: nothing says what removing one would do. */
export const meters = ({ dimensions }: OfferContent): DesiredResource =>
  ofOffer(
    'price-and-availability-custom-meter',
    dimensions.flatMap(({ id, name, unit }) => [
      ...value(['customMeters', id, 'displayName'], `Dimension ${id}: name`, name, { final: 'a published dimension cannot be removed' }),
      ...value(['customMeters', id, 'unitOfMeasure'], `Dimension ${id}: unit`, unit),
    ]),
    { customMeters: {} },
  )

export const reseller = ({ channel, partners }: NonNullable<OfferContent['resellers']>): DesiredResource =>
  ofOffer(
    'reseller',
    [
      ...value('resellerChannelState', 'Resale by partners (CSP)', channel, { absentMeans: 'none' }),
      ...list(
        'audiences',
        'Partners that may resell',
        channel === 'some'
          ? { items: partners.map((id) => ({ type: 'tenant', id })), keyedBy: 'id', ours: ['id'], others: 'remove', existing: 'keep' }
          : undefined,
      ),
    ],
    { resellerChannelState: 'none', audiences: [] },
  )
