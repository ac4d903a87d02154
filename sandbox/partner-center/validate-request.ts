/** Whether a configure request is what the schemas describe. What they refuse is refused as a whole, in the words of Microsoft's validator. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { isObject } from '../connect/json.ts'
import { closedMembers, schemas } from './schemas/index.ts'
import type { Cause, Given } from './types.ts'
import { compareVersions, readSchemaUri, whyNotSchema } from './versions.ts'

const BASE = 'https://ingestion.invalid/schemas/'

export type ReadRequest = { readonly resources: readonly Given[] } | { readonly refusal: Cause }

export interface RequestReader {
  /** @param ceiling resources may not be newer, when it is given. */
  read(body: unknown, ceiling: string | undefined): ReadRequest
}

export function createRequestReader(): RequestReader {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, schemas: [...schemas] })
  const validatorOf = (type: string): ValidateFunction | undefined => ajv.getSchema(`${BASE}${type}.schema.json`)
  const faultsIn = (type: string, value: unknown): readonly string[] => {
    const validate = validatorOf(type)
    return !validate || validate(value) ? [] : (validate.errors ?? []).flatMap((error) => sayFault(error))
  }
  return {
    read(body, ceiling) {
      if (!isObject(body)) return refuse('The request body is not valid.')
      const envelope = whyNotSchema(body['$schema'])
      if (envelope !== undefined) return refuse(envelope)
      const given = Array.isArray(body['resources']) ? body['resources'] : []
      if (given.length === 0) return refuseAll([faulty(String(body['$schema']), ['Required properties ["resources"] were not present #'])])
      const unknown = given.map((resource) => whyNotSchema(isObject(resource) ? resource['$schema'] : undefined)).find(Boolean)
      if (unknown !== undefined) return refuse(unknown)
      const details = given.flatMap((resource) => faultsOf(resource, ceiling, faultsIn))
      return details.length > 0 ? refuseAll(details) : { resources: given.map(readGiven) }
    },
  }
}

function faultsOf(
  resource: Record<string, unknown>,
  ceiling: string | undefined,
  faultsIn: (type: string, value: unknown) => readonly string[],
): readonly Cause[] {
  const uri = String(resource['$schema'])
  const { type, version } = readSchemaUri(uri) ?? { type: '', version: '' }
  if (ceiling !== undefined && compareVersions(version, ceiling) > 0)
    return [faulty(uri, [`The version of the resource is newer than the $version ${ceiling} of the request`])]
  const faults = [...faultsIn(type, resource), ...strangers(type, resource), ...missingSources(type, version, resource)]
  return faults.length > 0 ? [faulty(uri, [...new Set(faults)])] : []
}

/** Members a closed resource does not have. */
const strangers = (type: string, resource: Record<string, unknown>): readonly string[] => {
  const known = closedMembers[type]
  if (!known) return []
  const allowed = new Set([...known, 'id', 'resourceName'])
  return Object.keys(resource)
    .filter((name) => !allowed.has(name))
    .map((name) => `#/${name}: All values fail against the false schema`)
}

const missingSources = (type: string, version: string, resource: Record<string, unknown>): readonly string[] =>
  type === 'submission' && version === '2022-03-01-preview7' && !('sources' in resource)
    ? ['Required properties ["sources"] were not present #']
    : []

/** Nothing for the frame around a fault: the fault itself is told. */
function sayFault({ keyword, instancePath, params, data }: ErrorObject): readonly string[] {
  const at = `#${instancePath}`
  const value = JSON.stringify(data)
  switch (keyword) {
    case 'required':
      return [`Required properties ["${params['missingProperty']}"] were not present ${at}`]
    case 'type':
      return [`${at}: Value is "${typeOf(data)}" but should be "${String(params['type'])}"`]
    case 'enum':
    case 'const':
      return [`${at}: Expected value to match one of the values specified by the enum`]
    case 'pattern':
      return [`${at}: The string value was not a match for the indicated regular expression`]
    case 'maxLength':
      return [`${at}: Value is not shorter than or equal to ${params['limit']} characters`]
    case 'minLength':
      return [`${at}: Value is not longer than or equal to ${params['limit']} characters`]
    case 'maxItems':
    case 'maxProperties':
      return [`${at}: Value has more than ${params['limit']} ${keyword === 'maxItems' ? 'items' : 'properties'}`]
    case 'minItems':
      return [`${at}: Value has less than ${params['limit']} items`]
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
      return [`${at}: ${value} is not ${params['comparison']} ${params['limit']}`]
    case 'not':
      return [`${at}: Expected value to not match the given schema`]
    case 'if':
    case 'allOf':
    case 'anyOf':
      return keyword === 'anyOf' ? [`${at}: Expected value to match at least one of the given schemas`] : []
    default:
      return [`${at}: Value fails against the keyword "${keyword}"`]
  }
}

const typeOf = (data: unknown): string => (data === null ? 'null' : Array.isArray(data) ? 'array' : typeof data)

const faulty = (uri: string, faults: readonly string[]): Cause => ({
  code: 'schemaValidationError',
  message: `Schema validation failed for schema ${uri}: ${faults.join(';')}`,
})

const refuseAll = (details: readonly Cause[]): ReadRequest => ({
  refusal: { code: 'badRequest', message: 'Invalid configuration: schema validation failed', details },
})

const refuse = (message: string): ReadRequest => ({ refusal: { code: 'badRequest', message, details: [] } })

function readGiven(resource: Record<string, unknown>): Given {
  const { $schema, id, resourceName, ...body } = resource
  const { type, version } = readSchemaUri($schema) ?? { type: '', version: '' }
  return { type, version, body, id: textOf(id), resourceName: textOf(resourceName) }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
