/** The official description, as a judge: does this call exist, is this body allowed, may one ask so, is this answer of the right shape? */
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { readRql, type Term } from './rql-reader.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly 'x-lookups'?: readonly string[]
  readonly 'x-ordering'?: boolean
}

interface Operation {
  readonly parameters: readonly Parameter[]
  readonly requestBody?: unknown
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export interface Exchange {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly body: unknown
}

const file = new URL('../specs/connect-openapi.v37.subset.json', import.meta.url)

export function createJudge() {
  const spec: Spec = JSON.parse(readFileSync(file, 'utf8'))
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(spec, 'connect')

  const operationOf = ({
    method,
    path,
  }: Pick<Exchange, 'method' | 'path'>): { readonly operation: Operation; readonly pointer: string } => {
    const template = Object.keys(spec.paths)
      .sort((a, b) => placeholders(a) - placeholders(b))
      .find((each) => matches(each, path))
    const operation = template === undefined ? undefined : spec.paths[template]?.[method.toLowerCase()]
    if (template === undefined || !operation) throw new Error(`Connect has no ${method} ${path}`)
    return { operation, pointer: `#/paths/${escaped(template)}/${method.toLowerCase()}` }
  }
  const compiled = new Map<string, ValidateFunction>()
  const schemaAt = (pointer: string): ValidateFunction => {
    const schema = compiled.get(pointer) ?? ajv.compile({ $ref: `connect${pointer}` })
    compiled.set(pointer, schema)
    return schema
  }

  return {
    /** What the description says against a call: nothing when the list is empty. */
    faultsOfCall(call: Exchange): readonly string[] {
      const { operation, pointer } = operationOf(call)
      const known = new Map(operation.parameters.filter((each) => each.in === 'query').map((each) => [each.name, each]))
      const query = readRql(call.search).flatMap((term) => faultsOfTerm(term, known))
      if (operation.requestBody === undefined) {
        const empty = call.body === undefined || JSON.stringify(call.body) === '{}'
        return empty ? query : [...query, 'takes no body']
      }
      const schema = schemaAt(`${pointer}/requestBody/content/application~1json/schema`)
      return schema(call.body) ? query : [...query, ...faultsOf(schema)]
    },

    /** What the description says against an answer. Where it gives no schema for a request, that of reading one holds. */
    faultsOfAnswer(call: Pick<Exchange, 'method' | 'path'>, status: number, body: unknown): readonly string[] {
      const { operation, pointer } = operationOf(call)
      if (!(String(status) in operation.responses)) return [`${status} is not described for ${pointer}`]
      const described =
        call.path === '/requests' && call.method === 'POST' ? undefined : operation.responses[status]?.content?.['application/json']
      const isRequest = described === undefined || (call.method === 'PUT' && call.path.startsWith('/requests/'))
      const at = isRequest ? `#/paths/${escaped('/requests/{id}')}/get/responses/200` : `${pointer}/responses/${status}`
      const schema = schemaAt(`${at}/content/application~1json/schema`)
      return schema(body) ? [] : faultsOf(schema)
    },
  }
}

function faultsOfTerm(term: Term, known: ReadonlyMap<string, Parameter>): readonly string[] {
  switch (term.kind) {
    case 'and':
    case 'or':
      return term.terms.flatMap((one) => faultsOfTerm(one, known))
    case 'select':
      return term.properties.filter((property) => !known.has(property.replace(/^[+-]/, ''))).map((property) => `cannot select ${property}`)
    case 'ordering':
      return term.properties
        .filter((property) => known.get(property.replace(/^[+-]/, ''))?.['x-ordering'] !== true)
        .map((property) => `cannot order by ${property}`)
    case 'pair':
      return known.has(term.property) ? [] : [`no query parameter ${term.property}`]
    case 'comparison':
      return known.get(term.property)?.['x-lookups']?.includes(term.operator) ? [] : [`cannot filter ${term.operator}(${term.property})`]
  }
}

const faultsOf = (schema: ValidateFunction): readonly string[] =>
  (schema.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)

const placeholders = (template: string): number => template.split('{').length
const matches = (template: string, path: string): boolean => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path)
const escaped = (template: string): string => encodeURIComponent(template.replaceAll('~', '~0').replaceAll('/', '~1'))
