/**
 * Versions of the Product Ingestion API's resources. Configuration, not code: Microsoft adds and withdraws them, so `MICROSOFT_INGESTION_VERSIONS`
 * may name others. A resource that was read is written back in the version it came in; these count for new ones.
 */

const preview = (n: 2 | 3 | 4 | 5) => `2022-03-01-preview${n}`

/** Beside the types of resources: `tree`, `submissions`, `privateOffers` are the `$version` of calls, `configure…` the envelope's. */
export const defaultIngestionVersions = {
  /** The newest that may come in trees, lists, jobs; and the newest a request may hold. */
  tree: preview(5),
  /** Above it submissions come in a version that cannot be written back. */
  submissions: preview(2),
  privateOffers: '2023-07-15',
  configure: preview(2),
  configurePrivateOffers: '2022-07-01',
  product: preview(3),
  plan: preview(3),
  property: preview(3),
  listing: preview(3),
  'listing-asset': preview(3),
  'plan-listing': preview(3),
  'customer-leads': preview(3),
  'price-and-availability-offer': preview(3),
  'price-and-availability-custom-meter': preview(3),
  'price-and-availability-plan': preview(4),
  'price-and-availability-update-private-audiences': preview(3),
  'software-as-a-service-technical-configuration': preview(3),
  'commercial-marketplace-setup': preview(2),
  reseller: preview(2),
  submission: preview(2),
  'private-offer': '2023-07-15',
  'price-and-availability-private-offer-plan': '2023-07-15',
} as const satisfies Readonly<Record<string, string>>

export type IngestionVersionName = keyof typeof defaultIngestionVersions
export type IngestionVersions = Readonly<Record<IngestionVersionName, string>>

export const isIngestionVersionName = (name: string): name is IngestionVersionName => Object.hasOwn(defaultIngestionVersions, name)

/** `2022-03-01-preview3` or `2022-07-01`. */
export const isIngestionVersion = (text: string): boolean => /^\d{4}-\d{2}-\d{2}(-preview\d+)?$/.test(text)
