/** Judges resources and requests by the published schemas of the Product Ingestion API, the closed ones included. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { closedMembers, schemas } from '../../../sandbox/partner-center/schemas/index.ts'
import { isJsonObject, type JsonObject } from '../../../src/kit/json.ts'
import { type IngestionResource, kindOf } from '../../../src/microsoft/index.ts'

/** @returns what is wrong with a body of `POST configure`, in the validator's words */
export function judgeOfRequests(): (body: JsonObject) => readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: [...schemas] })
  const validate = ajv.getSchema('https://ingestion.invalid/schemas/configure.schema.json')
  if (!validate) throw new Error('no schema of configure')
  return (body) => {
    const resources = Array.isArray(body['resources']) ? body['resources'].filter(isJsonObject) : []
    const faults = validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
    return [...faults, ...resources.flatMap((resource) => strangersIn(resource as IngestionResource))]
  }
}

/** Members a closed resource does not have. */
const strangersIn = (resource: IngestionResource): readonly string[] => {
  const known = closedMembers[kindOf(resource)?.type ?? '']
  return known ? Object.keys(resource).filter((name) => ![...known, 'id', 'resourceName'].includes(name)) : []
}
