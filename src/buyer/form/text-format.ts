/**
 * What a text has to look like. One pattern a format, used as the browser's `pattern` attribute and by the server. Written for the
 * `v` flag, with which browsers compile that attribute (HTML standard, "the pattern attribute").
 */
import type { FieldError, TextRule } from './model.ts'

const label = '[A-Za-z0-9]([A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?'
const topLabel = '[A-Za-z]([A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?'

const patterns: Readonly<Partial<Record<TextRule['format'], string>>> = {
  email: `([A-Za-z0-9_'+\\-]+\\.)*[A-Za-z0-9_'+\\-]*[A-Za-z0-9_+\\-]@(${label}\\.)+[A-Za-z]{2,63}`,
  url: '[Hh][Tt][Tt][Pp][Ss]?:\\/\\/\\S+',
  domain: `(${label}\\.)+${topLabel}`,
  subdomain: `(${label}\\.)*${label}`,
  phone: '[+\\(]?[0-9][0-9 \\(\\)\\/.\\-]*( ?([Ee][Xx][Tt]\\.?|[Xx]|#) ?[0-9]{1,7})?',
}

/** Lengths no value of that format exceeds, whatever the parameter says. Mail: Connect's own bound; names: RFC 1035. */
const LONGEST: Readonly<Partial<Record<TextRule['format'], number>>> = { email: 254, domain: 253, subdomain: 253, phone: 50 }

/** For the `pattern` attribute. */
export const patternOf = (rule: TextRule): string | undefined => patterns[rule.format]

/** The tighter of the parameter's bound and the format's own. */
export function longest(rule: TextRule): number | undefined {
  const bounds = [rule.maxLength, LONGEST[rule.format]].filter((bound) => bound !== undefined)
  return bounds.length > 0 ? Math.min(...bounds) : undefined
}

/** What is wrong with a text that is there; nothing said about whether it has to be. */
export function textError(rule: TextRule, text: string): FieldError | undefined {
  const most = longest(rule)
  if (most !== undefined && text.length > most) return { code: 'tooLong', bound: most }
  if (rule.minLength !== undefined && text.length < rule.minLength) return { code: 'tooShort', bound: rule.minLength }
  switch (rule.format) {
    case 'text':
    case 'password':
      return undefined
    case 'json':
      return isJsonObject(text) ? undefined : { code: 'json' }
    case 'url':
      return matches(rule, text) && URL.canParse(text) ? undefined : { code: 'url' }
    case 'email':
    case 'domain':
    case 'subdomain':
    case 'phone':
      return matches(rule, text) ? undefined : { code: rule.format }
  }
}

function matches(rule: TextRule, text: string): boolean {
  const pattern = patternOf(rule)
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'v').test(text)
}

/** A JSON object: braces, not a list and not a bare value. Also put into the pages' script: uses nothing from outside. */
export function isJsonObject(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read)
  } catch {
    return false
  }
}
