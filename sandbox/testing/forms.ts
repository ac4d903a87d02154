/** What only the publisher of Larkspur Forms knows, put into the set-up file its offer was proposed as. */
import { parse, stringify } from 'yaml'

export interface FormsChange {
  readonly title?: string
  readonly summary?: string
  readonly publish?: 'draft' | 'preview' | 'live'
  /** The vendor's listing request is followed without an operator's word. */
  readonly drivesListing?: true
  /** The parameter in Connect that keeps plan ids. */
  readonly mapsTo?: string
}

/** @param proposed as `bridge offer propose --file` writes it */
export function completedForms(
  proposed: string,
  { title = 'Larkspur Forms', summary, publish, drivesListing, mapsTo }: FormsChange,
): string {
  const file = parse(proposed)
  const [product] = file.tenants[0].products
  const [offer] = product.offers
  const contact = { name: 'Larkspur Support', email: 'support@larkspur.example', phone: '+44 20 7946 0990' }
  Object.assign(offer.catalogue, {
    categories: { 'developer-tools-saas': ['devService'] },
    media: {
      logo: 'https://larkspur.example/forms/logo.png',
      screenshots: [{ source: 'https://larkspur.example/forms/screen.png', caption: 'A form' }],
    },
  })
  Object.assign(offer.catalogue.listings[0], {
    ...{ title, privacyUrl: 'https://larkspur.example/privacy', engineering: contact },
    support: { ...contact, url: 'https://support.larkspur.example' },
    ...(summary === undefined ? {} : { summary }),
  })
  for (const plan of offer.plans) plan.catalogue.terms[0].price = '7.5'
  if (publish) offer.publish = publish
  if (drivesListing) product.policies = { listing: { drive: 'automatic' }, ...(mapsTo && { mappingParameters: { plan: mapsTo } }) }
  return stringify(file)
}
