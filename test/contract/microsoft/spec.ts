/** Microsoft's official descriptions of its APIs, as judges: is this call described, and is this answer of the right shape? */
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type JsonSchema, loosened, strict, withoutRefSiblings } from './schemas.ts'

interface Parameter {
  readonly name: string
  readonly in: 'query' | 'header' | 'path'
  readonly required?: boolean
  readonly schema: JsonSchema
}

interface Body {
  readonly content?: { readonly 'application/json'?: { readonly schema: JsonSchema } }
}

interface Operation {
  readonly operationId: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Body>>
}

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

/** One call and its answer, as they went over the wire. `path` is below the API's base. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
  readonly answer: string
}

export const FULFILMENT = 'microsoft-saas-fulfillment.v2.json'
export const METERING = 'microsoft-metering.v1.json'

export const loadSpec = (file: string): Spec =>
  withoutRefSiblings(JSON.parse(readFileSync(new URL(`../specs/${file}`, import.meta.url), 'utf8')))

/** Answers the docs describe and the file leaves out (docs of the fulfilment API; 401 folded into 403; throttling of any call). */
const STATUSES_OF_THE_DOCS: Readonly<Record<string, readonly number[]>> = {
  FulfillmentOperations_DeleteSubscription: [200, 409],
}
const STATUSES_OF_EVERY_CALL = [401, 429, 503]

export function createJudge(file: string = FULFILMENT) {
  const spec = loadSpec(file)
  const judges = { strict: compiler(spec, strict), loose: compiler(spec, loosened) }

  function operationOf({ method, path }: Pick<Exchange, 'method' | 'path'>): { operation: Operation; template: string } {
    const template = Object.keys(spec.paths).find((each) => matches(each, path) && spec.paths[each]?.[method.toLowerCase()])
    const operation = template === undefined ? undefined : spec.paths[template]?.[method.toLowerCase()]
    if (template === undefined || !operation) throw new Error(`not described: ${method} ${path}`)
    return { operation, template }
  }

  return {
    operationIds: Object.values(spec.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId)),
    operationIdOf: (exchange: Exchange): string => operationOf(exchange).operation.operationId,

    /** What the description says against the call as it was sent. */
    faultsOfCall(exchange: Exchange): readonly string[] {
      const { operation, template } = operationOf(exchange)
      const given = valuesOf(exchange, template)
      const parameters = operation.parameters.flatMap((parameter) => {
        const value = given[parameter.in][parameter.name]
        if (value === undefined) return parameter.required ? [`${parameter.in} ${parameter.name} is missing`] : []
        return judges.strict(parameter.schema, value).map((fault) => `${parameter.in} ${parameter.name} ${fault}`)
      })
      const known = operation.parameters.filter((each) => each.in === 'query').map((each) => each.name)
      const unknown = Object.keys(given.query).filter((name) => !known.includes(name))
      return [...parameters, ...unknown.map((name) => `query ${name} is not described`), ...faultsOfBody(operation, exchange.body)]
    },

    /** What the description says against the answer. Bodies of refusals are free: Microsoft describes none. */
    faultsOfAnswer(exchange: Exchange): readonly string[] {
      const { operation } = operationOf(exchange)
      const also = [...STATUSES_OF_EVERY_CALL, ...(STATUSES_OF_THE_DOCS[operation.operationId] ?? [])]
      const described = operation.responses[exchange.status]
      if (!described)
        return also.includes(exchange.status) ? [] : [`status ${exchange.status} is not described for ${operation.operationId}`]
      if (exchange.status >= 300) return []
      const schema = described.content?.['application/json']?.schema
      if (!schema) return exchange.answer === '' ? [] : ['an answer without a body is described']
      return judges.loose(schema, JSON.parse(exchange.answer))
    },
  }

  function faultsOfBody(operation: Operation, body: string): readonly string[] {
    const schema = operation.requestBody?.content?.['application/json']?.schema
    if (!schema) return body === '' ? [] : ['takes no body']
    return body === '' ? ['the body is missing'] : judges.strict(schema, JSON.parse(body)).map((fault) => `body ${fault}`)
  }
}

/** Compiles each schema once, after it was made stricter or looser; references stay inside the file. */
function compiler(spec: Spec, prepare: (schema: JsonSchema) => JsonSchema) {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true })
  addFormats.default(ajv)
  const schemas = Object.fromEntries(Object.entries(spec.components.schemas).map(([name, schema]) => [name, prepare(schema)]))
  ajv.addSchema({ components: { schemas } }, 'microsoft')
  const compiled = new Map<string, ValidateFunction>()
  return (schema: JsonSchema, value: unknown): readonly string[] => {
    const key = JSON.stringify(schema)
    const validate = compiled.get(key) ?? ajv.compile(prepare({ ...schema, ...(schema.$ref ? { $ref: `microsoft${schema.$ref}` } : {}) }))
    compiled.set(key, validate)
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
  }
}

const valuesOf = (
  { query, headers, path }: Exchange,
  template: string,
): Readonly<Record<Parameter['in'], Readonly<Record<string, string>>>> => ({
  query: Object.fromEntries(query),
  header: headers,
  path: pattern(template).exec(path)?.groups ?? {},
})

const pattern = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
const matches = (template: string, path: string): boolean => pattern(template).test(path)
