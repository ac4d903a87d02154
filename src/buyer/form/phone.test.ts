import fc from 'fast-check'
import { getCountries, getExampleNumber } from 'libphonenumber-js'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { phoneNumber } from '../../subscriptions/order.ts'
import { readPhone, writePhone } from './phone.ts'

test.each([
  ['+49 30 901820', undefined, { countryCode: '+49', areaCode: '30', phoneNumber: '901820', extension: '' }],
  ['030 901820', 'DE', { countryCode: '+49', areaCode: '30', phoneNumber: '901820', extension: '' }],
  ['(213) 373-4253 ext. 12', 'US', { countryCode: '+1', areaCode: '213', phoneNumber: '3734253', extension: '12' }],
  ['+45 32 12 34 56', 'DE', { countryCode: '+45', areaCode: '', phoneNumber: '32123456', extension: '' }],
  ['+39 06 1234 5678', undefined, { countryCode: '+39', areaCode: '', phoneNumber: '0612345678', extension: '' }],
])('%s in %s', (text, country, parts) => {
  expect(readPhone(text, country)).toEqual(parts)
})

test.each(['', '12', 'call me', '+999 123456', '030 901820'])('%s without a country is no number', (text) => {
  expect(readPhone(text, undefined)).toBeUndefined()
})

test('the parts one after the other are the whole number, in every country, as dialled at home or from abroad', () => {
  fc.assert(
    fc.property(fc.constantFrom(...getCountries()), fc.boolean(), (country, fromAbroad) => {
      const example = getExampleNumber(country, examples)
      if (!example) return
      const parts = readPhone(fromAbroad ? example.formatInternational() : example.formatNational(), country)
      expect(`${parts?.countryCode}${parts?.areaCode}${parts?.phoneNumber}`).toBe(example.number)
      expect(phoneNumber.safeParse(parts).success).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('a default of Connect’s four parts can be shown and read again', () => {
  const wire = { country_code: '+49', area_code: '30', phone_number: '901820', extension: '7' }
  expect(writePhone(wire)).toBe('+49 30 901820 ext. 7')
  expect(readPhone(writePhone(wire), undefined)).toEqual({ countryCode: '+49', areaCode: '30', phoneNumber: '901820', extension: '7' })
  expect(writePhone({})).toBe('')
})
