/** Parameter values: read from a body, checked against their definitions, asked for when missing. */
import { isAsked, isStructured, type ParameterDefinition } from '../catalogue/definitions.ts'
import type { Product } from '../catalogue/products.ts'
import { isObject, type Json } from '../json.ts'
import type { ParamEntry, Params, Role } from '../records.ts'
import { invalid } from '../refusal.ts'
import { isEmail } from '../tiers/contact.ts'

export interface GivenParam {
  readonly definition: ParameterDefinition
  readonly entry: ParamEntry
}

/**
 * Reads `params[]` of a body.
 * @throws Refusal 400 for an unknown parameter, a value in the wrong place, or one its constraints forbid.
 */
export function readParams(product: Product, given: unknown, who: Role): GivenParam[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw invalid('asset.params: Expected a list of items.')
  const faults: string[] = []
  const read = given.flatMap((each: unknown, index) => {
    const name = isObject(each) && typeof each['id'] === 'string' ? each['id'] : undefined
    const definition = product.parameters.find((parameter) => parameter.name === name && isAsked(parameter))
    if (!definition || !isObject(each)) {
      faults.push(`asset.params: Parameter "${name ?? index}" does not exist.`)
      return []
    }
    if (!maySet(definition, who)) {
      faults.push(`asset.params.${definition.name}: This parameter is filled by the vendor.`)
      return []
    }
    const entry = entryOf(definition, each)
    const fault = who === 'provider' ? valueFault(definition, entry) : undefined
    if (fault) faults.push(`asset.params.${definition.name}: ${fault}`)
    return [{ definition, entry }]
  })
  if (faults.length > 0) throw invalid(...faults)
  return read
}

const maySet = (definition: ParameterDefinition, who: Role): boolean =>
  who === 'vendor' || definition.phase === 'ordering' || definition.shared === 'edit'

function entryOf(definition: ParameterDefinition, given: Record<string, unknown>): ParamEntry {
  const error = typeof given['value_error'] === 'string' && given['value_error'] !== '' ? { valueError: given['value_error'] } : {}
  const structured = given['structured_value'] as Json | undefined
  if (isStructured(definition.type)) return { value: '', ...(structured !== undefined && structured !== null && { structured }), ...error }
  const value = given['value']
  return { value: value === undefined || value === null ? '' : String(value), ...error }
}

export const isEmpty = (entry: ParamEntry | undefined): boolean => {
  if (!entry) return true
  if (entry.structured === undefined) return entry.value.trim() === ''
  return isObject(entry.structured) && Object.values(entry.structured).every((value) => value === '' || value === null || value === false)
}

const PATTERNS: Partial<Record<ParameterDefinition['type'], readonly [pattern: RegExp, message: string]>> = {
  subdomain: [/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'Enter a valid subdomain.'],
  domain: [/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/i, 'Enter a valid domain.'],
  url: [/^https?:\/\/[^\s]+$/i, 'Enter a valid URL.'],
}

/** What is wrong with a value that is there; an empty one is never wrong here. */
function valueFault(definition: ParameterDefinition, entry: ParamEntry): string | undefined {
  if (isEmpty(entry)) return undefined
  if (isStructured(definition.type)) return structuredFault(definition, entry.structured)
  const { value } = entry
  if (definition.minLength !== undefined && value.length < definition.minLength)
    return `Ensure this field has at least ${definition.minLength} characters.`
  if (definition.maxLength !== undefined && value.length > definition.maxLength)
    return `Ensure this field has no more than ${definition.maxLength} characters.`
  if (definition.choices && !definition.choices.some((choice) => choice.value === value)) return `"${value}" is not a valid choice.`
  if (definition.type === 'email' && !isEmail(value)) return 'Enter a valid email address.'
  const pattern = PATTERNS[definition.type]
  return pattern && !pattern[0].test(value) ? pattern[1] : undefined
}

const PARTS: Partial<Record<ParameterDefinition['type'], readonly string[]>> = {
  phone: ['country_code', 'phone_number'],
  address: ['address_line1', 'city', 'postal_code', 'country'],
}

function structuredFault(definition: ParameterDefinition, value: Json | undefined): string | undefined {
  if (!isObject(value)) return 'structured_value: Expected an object.'
  if (definition.type === 'checkbox') {
    const unknown = Object.keys(value).find((key) => !definition.choices?.some((choice) => choice.value === key))
    if (unknown !== undefined) return `structured_value: "${unknown}" is not a valid choice.`
    return Object.values(value).every((each) => typeof each === 'boolean') ? undefined : 'structured_value: Choices are true or false.'
  }
  const missing = PARTS[definition.type]?.find((part) => typeof value[part] !== 'string' || value[part] === '')
  return missing ? `structured_value.${missing}: This field is required.` : undefined
}

/** Whether the values given so far make this parameter required. */
export function isRequired(definition: ParameterDefinition, params: Params): boolean {
  const { dependency } = definition
  if (!dependency) return definition.required === true && definition.hidden !== true
  const other = params.get(dependency.parameter)
  const holds = other !== undefined && dependency.values.includes(other.value)
  return holds ? dependency.required && !dependency.hidden : definition.required === true && definition.hidden !== true
}

/** Ordering parameters of this scope that still need a value, or whose value the vendor has called wrong. */
export const missingParams = (product: Product, params: Params, scope: ParameterDefinition['scope'] = 'asset'): ParameterDefinition[] =>
  product.parameters.filter((definition) => {
    if (definition.phase !== 'ordering' || definition.scope !== scope || !isAsked(definition)) return false
    const entry = params.get(definition.name)
    return (isRequired(definition, params) && isEmpty(entry)) || entry?.valueError !== undefined
  })

export const copyOf = (params: Params): Params => new Map([...params].map(([name, entry]) => [name, { ...entry }]))
