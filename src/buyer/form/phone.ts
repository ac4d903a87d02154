/** Phone numbers: one field for people, four parts for Connect. */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Customer } from '../../subscriptions/order.ts'

export type PhoneParts = NonNullable<Customer['contact']['phone']>

/**
 * Reads a number as people write it: international, or as dialled inside `country` (ISO 3166 alpha-2), with an extension if any.
 * The area code is set apart where the country writes it apart; `areaCode` and `phoneNumber` one after the other are always the
 * national number. Undefined when no such number can exist.
 */
export function readPhone(text: string, country: string | undefined): PhoneParts | undefined {
  const code = country && isSupportedCountry(country) ? country : undefined
  const parsed = parsePhoneNumberFromString(text, code)
  if (!parsed?.isPossible()) return undefined
  const areaCode = areaCodeOf(parsed.formatInternational(), parsed.formatNational(), parsed.nationalNumber)
  return {
    countryCode: `+${parsed.countryCallingCode}`,
    areaCode,
    phoneNumber: parsed.nationalNumber.slice(areaCode.length),
    extension: parsed.ext ?? '',
  }
}

/** `+49 30 5550199` beside `030 5550199`, `+1 213 373 4253` beside `(213) 373-4253`: the first group stands apart. */
function areaCodeOf(international: string, national: string, digits: string): string {
  const first = international.split(' ')[1] ?? ''
  const firstAtHome = (national.split(/[ -]/)[0] ?? '').replace(/\D/g, '')
  const isApart = national.startsWith('(') || (firstAtHome !== first && firstAtHome.endsWith(first))
  return /^\d+$/.test(first) && isApart && digits.startsWith(first) && first.length < digits.length ? first : ''
}

/** The number in one line, to be edited or read. */
export const writePhone = (parts: Partial<Record<'country_code' | 'area_code' | 'phone_number' | 'extension', unknown>>): string => {
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')
  const number = [text(parts.country_code), text(parts.area_code), text(parts.phone_number)].filter(Boolean).join(' ')
  return number && text(parts.extension) ? `${number} ext. ${text(parts.extension)}` : number
}
