/** The texts for a visitor. English is the only language so far. */
import { en, type Texts } from './texts.en.ts'

export type { Texts }

export const textsFor = (_locale: string): Texts => en

/** The locale for dates and numbers: the visitor's own where it is one of the page's language, else a neutral one of it. */
export function formatLocale(locale: string, texts: Texts): string {
  const [supported] = Intl.DateTimeFormat.supportedLocalesOf(isTag(locale) ? [locale] : [])
  return supported?.split('-')[0] === texts.language ? supported : 'en-GB'
}

const isTag = (locale: string): boolean => {
  try {
    return new Intl.Locale(locale).language !== ''
  } catch {
    return false
  }
}
