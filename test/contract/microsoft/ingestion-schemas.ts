/** Judges requests, resources and answers by the published schemas of the Product Ingestion API, the closed resources included. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { closedMembers, schemas } from '../../../sandbox/partner-center/schemas/index.ts'
import { isJsonObject, type JsonObject } from '../../../src/kit/json.ts'

type Judge = (body: unknown) => readonly string[]

/** @param schema such as `resource-tree`. @returns what is wrong with a body, in the validator's words */
export function judgeOf(schema: string): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: [...schemas] })
  const validate = ajv.getSchema(`https://ingestion.invalid/schemas/${schema}.schema.json`)
  if (!validate) throw new Error(`no schema of ${schema}`)
  return (body) => (validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${String(message)}`))
}

/** @returns what is wrong with a body of `POST configure` */
export function judgeOfRequests(): (body: JsonObject) => readonly string[] {
  const judge = judgeOf('configure')
  return (body) => {
    const resources = Array.isArray(body['resources']) ? body['resources'].filter(isJsonObject) : []
    return [...judge(body), ...resources.flatMap(strangersIn)]
  }
}

/** Members a closed resource does not have. */
const strangersIn = (resource: JsonObject): readonly string[] => {
  const [, type = ''] = /\/schema\/([^/]+)\//.exec(String(resource['$schema'])) ?? []
  const known = closedMembers[type]
  return known ? Object.keys(resource).filter((name) => ![...known, 'id', 'resourceName'].includes(name)) : []
}
