import { expect, test } from 'vitest'
import { countryChoices, countryOf } from './countries.ts'

test('every country of ISO 3166 and Kosovo, each once, by name in the order of the language', () => {
  const choices = countryChoices('en')
  const names = choices.map(({ label }) => label)
  expect(choices).toHaveLength(250)
  expect(new Set(choices.map(({ value }) => value)).size).toBe(250)
  for (const { value, label } of choices) {
    expect(value).toMatch(/^[A-Z]{2}$/)
    expect(label).not.toBe(value)
  }
  expect(names).toEqual(names.toSorted(new Intl.Collator('en').compare))
})

test('the country is taken from the locale only when the locale names one', () => {
  expect(['de-DE', 'en-US', 'zh-Hant-TW', 'de', 'en', '', '*', 'en-150'].map(countryOf)).toEqual([
    'DE',
    'US',
    'TW',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
