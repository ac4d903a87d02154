/**
 * A resource of the Product Ingestion API. Its `$schema` says what it is; what we do not know of it is kept as it came, because what is
 * left out when it is written back is taken away. Pure.
 */
import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'

export interface IngestionResource extends JsonObject {
  readonly $schema: string
}

export interface ResourceKind {
  /** Such as `price-and-availability-plan`. */
  readonly type: string
  /** Such as `2022-03-01-preview4`. */
  readonly version: string
}

const HOST = 'schema.mp.microsoft.com'
/** Still comes now and then; refused in requests since 2025. */
const FORMER_HOST = 'product-ingestion.azureedge.net'
const SCHEMA = new RegExp(`^https://(?:${HOST}|${FORMER_HOST})/schema/([a-z][a-z0-9-]*)/([0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z0-9]+)?)$`)

export const schemaOf = ({ type, version }: ResourceKind): string => `https://${HOST}/schema/${type}/${version}`

/** Undefined when the text is no schema's address. */
export function kindOf({ $schema }: { readonly $schema: string }): ResourceKind | undefined {
  const [, type, version] = SCHEMA.exec($schema) ?? []
  return type === undefined || version === undefined ? undefined : { type, version }
}

export const isResource = (value: Json | undefined): value is IngestionResource =>
  isJsonObject(value) && typeof value['$schema'] === 'string'

/**
 * As it may be sent: the schema's address on the host that works, Microsoft's findings left out.
 * @throws TypeError for what no schema describes: our own fault, nothing is sent.
 */
export function toWire(resource: IngestionResource): JsonObject {
  const kind = kindOf(resource)
  if (!kind) throw new TypeError('a resource without a schema')
  const { validations: _findings, ...rest } = resource
  return { ...rest, $schema: resource.$schema.replace(`//${FORMER_HOST}/`, `//${HOST}/`) }
}
