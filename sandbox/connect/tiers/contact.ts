/** What Connect demands of a customer or reseller given in full: field by field, all faults at once. */
import { at, isObject } from '../json.ts'

interface Rule {
  readonly path: string
  readonly max: number
  readonly required: boolean
}

/** OpenAPI v37, tier accounts and POST /requests. */
const rules: readonly Rule[] = [
  { path: 'name', max: 255, required: true },
  { path: 'external_id', max: 255, required: false },
  { path: 'external_uid', max: 255, required: false },
  { path: 'tax_id', max: 100, required: false },
  { path: 'contact_info.address_line1', max: 255, required: true },
  { path: 'contact_info.address_line2', max: 255, required: false },
  { path: 'contact_info.city', max: 100, required: true },
  { path: 'contact_info.state', max: 100, required: false },
  { path: 'contact_info.postal_code', max: 50, required: true },
  { path: 'contact_info.country', max: 2, required: true },
  { path: 'contact_info.contact.first_name', max: 100, required: true },
  { path: 'contact_info.contact.last_name', max: 100, required: true },
  { path: 'contact_info.contact.email', max: 254, required: true },
]

const PHONE = 'contact_info.contact.phone_number'
const phoneRules: readonly Rule[] = [
  { path: `${PHONE}.country_code`, max: 25, required: true },
  { path: `${PHONE}.area_code`, max: 25, required: false },
  { path: `${PHONE}.phone_number`, max: 25, required: true },
  { path: `${PHONE}.extension`, max: 25, required: false },
]

/** @returns messages `prefix.field.path: text`, none when the data are good. */
export function contactFaults(entry: unknown, prefix: string, phoneRequired: boolean): string[] {
  const faults = rules.flatMap((rule) => faultOf(entry, rule, prefix))
  const email = at(entry, 'contact_info.contact.email')
  if (typeof email === 'string' && email !== '' && !isEmail(email)) {
    faults.push(`${prefix}.contact_info.contact.email: Enter a valid email address.`)
  }
  const country = at(entry, 'contact_info.country')
  if (typeof country === 'string' && country !== '' && !/^[A-Z]{2}$/.test(country)) {
    faults.push(`${prefix}.contact_info.country: "${country}" is not a valid choice.`)
  }
  const phone = at(entry, PHONE)
  if (isObject(phone)) faults.push(...phoneRules.flatMap((rule) => faultOf(entry, rule, prefix)))
  else if (phoneRequired) faults.push(`${prefix}.${PHONE}: This field ${phone === null ? 'may not be null' : 'is required'}.`)
  return faults
}

function faultOf(entry: unknown, { path, max, required }: Rule, prefix: string): string[] {
  const value = at(entry, path)
  const say = (text: string): string[] => [`${prefix}.${path}: ${text}`]
  if (value === undefined) return required ? say('This field is required.') : []
  if (value === null) return required ? say('This field may not be null.') : []
  if (typeof value !== 'string') return say('Not a valid string.')
  if (value.trim() === '') return required ? say('This field may not be blank.') : []
  return value.length > max ? say(`Ensure this field has no more than ${max} characters.`) : []
}

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) && text.length <= 254
