/**
 * Which versions of each resource type the service knows: those it serves, by the ceiling `$version` names, and those it takes. A real
 * SaaS tree read under preview5 in 2026 holds most types at preview3, plan prices at preview4 and submissions at preview2.
 */
const preview = (...numbers: readonly number[]): readonly string[] => numbers.map((n) => `2022-03-01-preview${n}`)

interface Versions {
  /** Oldest first. */
  readonly served: readonly string[]
  /** Taken besides those served. */
  readonly taken?: readonly string[]
}

const older = { served: preview(2) }
const common = { served: preview(2, 3), taken: preview(5) }

const VERSIONS: Readonly<Record<string, Versions>> = {
  configure: { served: [...preview(2, 3), '2022-07-01'] },
  'configure-status': { served: [...preview(2), '2022-07-01', '2023-07-15'] },
  'configure-detail': older,
  'resource-tree': older,
  product: { served: [...preview(2, 3), '2022-07-01'] },
  plan: { served: [...preview(2, 3), '2022-07-01'] },
  property: common,
  listing: common,
  'listing-asset': common,
  'listing-trailer': common,
  'plan-listing': { served: preview(2, 3) },
  'customer-leads': { served: preview(2, 3) },
  'price-and-availability-offer': { served: preview(2, 3) },
  'price-and-availability-plan': { served: preview(2, 3, 4) },
  'price-and-availability-custom-meter': { served: preview(3) },
  'price-and-availability-update-private-audiences': { served: preview(2, 3) },
  'software-as-a-service-technical-configuration': { served: preview(3) },
  'commercial-marketplace-setup': older,
  reseller: older,
  'microsoft365-integration': older,
  // Under a ceiling above all previews of March 2022 it comes as preview7, which wants `sources` when it is written back.
  submission: { served: preview(2, 7) },
  'private-offer': { served: ['2022-07-01', '2023-07-15'], taken: ['2024-09-30', '2026-02-01'] },
  'price-and-availability-private-offer-plan': { served: ['2022-07-01', '2023-07-15'], taken: ['2025-06-01'] },
}

/** Taken by product lists, refused for private offers since April 2024. */
const DEPRECATED_FOR_PRIVATE_OFFERS: ReadonlySet<string> = new Set(preview(2, 3, 4, 5))

const HOST = 'https://schema.mp.microsoft.com/schema'
const DEFAULT_CEILING = '2022-03-01-preview5'

export const isKnownType = (type: string): boolean => type in VERSIONS

/** The newest version of a type up to the ceiling; its oldest when all are newer. */
export function servedVersion(type: string, ceiling = DEFAULT_CEILING): string {
  const { served } = VERSIONS[type] ?? older
  return served.findLast((version) => compareVersions(version, ceiling) <= 0) ?? served[0] ?? DEFAULT_CEILING
}

export const schemaUri = (type: string, ceiling?: string): string => `${HOST}/${type}/${servedVersion(type, ceiling)}`

export interface SchemaUri {
  readonly host: string
  readonly type: string
  readonly version: string
}

export function readSchemaUri(uri: unknown): SchemaUri | undefined {
  const [, host, type, version] = /^https:\/\/([^/]+)\/schema\/([a-z][a-z0-9-]*)\/([^/]+)$/.exec(String(uri)) ?? []
  return host === undefined || type === undefined || version === undefined ? undefined : { host, type, version }
}

/** Why a schema named in a request cannot be used, in the service's words. */
export function whyNotSchema(uri: unknown): string | undefined {
  const read = readSchemaUri(uri)
  if (read?.host !== 'schema.mp.microsoft.com') return `Schema ${String(uri)} could not be accessed`
  const versions = VERSIONS[read.type]
  if (!versions) return `Schema ${String(uri)} could not be found`
  return [...versions.served, ...(versions.taken ?? [])].includes(read.version) ? undefined : `Schema ${String(uri)} could not be found`
}

/** Why a `$version` of a call cannot be used. */
export function whyNotCeiling(version: string, of: 'offers' | 'privateOffers'): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(-preview\d+)?$/.test(version)) return `The value '${version}' is not a valid $version.`
  return of === 'privateOffers' && DEPRECATED_FOR_PRIVATE_OFFERS.has(version) ? `${version} is a deprecated schema` : undefined
}

/** A version without "preview" comes after the previews of its day. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  return left.day === right.day ? left.preview - right.preview : left.day < right.day ? -1 : 1
}

function parts(version: string): { readonly day: string; readonly preview: number } {
  const number = /-preview(\d+)$/.exec(version)?.[1]
  return { day: version.slice(0, 10), preview: number === undefined ? 1_000 : Number(number) }
}
