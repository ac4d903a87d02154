/** Countries by ISO 3166 alpha-2, named and sorted in the page's language by the platform's own tables. */
import { getCountries } from 'libphonenumber-js'
import type { Choice } from './model.ts'

/** Islands the number plan lists beside the standard's; Kosovo (XK) stays, for people there buy too. */
const PART_OF_ANOTHER = new Set(['AC', 'TA'])

/** Parts of the standard without a number plan of their own. */
const WITHOUT_PHONES = ['AQ', 'BV', 'GS', 'HM', 'PN', 'TF', 'UM']

export function countryChoices(language: string): readonly Choice[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  const { compare } = new Intl.Collator([language])
  return [...getCountries().filter((code) => !PART_OF_ANOTHER.has(code)), ...WITHOUT_PHONES]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => compare(a.label, b.label))
}

/** The country a visitor's locale names: `de-DE` is DE. A bare language names none, for English is spoken everywhere. */
export function countryOf(locale: string): string | undefined {
  try {
    const region = new Intl.Locale(locale).region
    return region && /^[A-Z]{2}$/.test(region) ? region : undefined
  } catch {
    return undefined
  }
}
