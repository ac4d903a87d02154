import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customer } from '../../subscriptions/order.ts'
import type { TextRule } from './model.ts'
import { longest, patternOf, textError } from './text-format.ts'

/** The standard's own check of `type=email` (HTML, "valid e-mail address"). */
const HTML_EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

/** What a browser makes of the attributes the form gives the control: HTML's constraint validation, written anew. */
function browserAccepts(rule: TextRule, text: string): boolean {
  const pattern = patternOf(rule)
  if (text.length < (rule.minLength ?? 0) || text.length > (longest(rule) ?? Number.POSITIVE_INFINITY)) return false
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'v').test(text)) return false
  if (rule.format === 'email' && !HTML_EMAIL.test(text)) return false
  if (rule.format === 'url' && !URL.canParse(text)) return false
  return rule.format !== 'json' || isObjectText(text)
}

/** The script's part. */
const isObjectText = (text: string): boolean => {
  try {
    return Object.prototype.toString.call(JSON.parse(text)) === '[object Object]'
  } catch {
    return false
  }
}

const formats = ['text', 'password', 'email', 'url', 'domain', 'subdomain', 'phone', 'json'] as const
const shaped = fc.oneof(
  fc.emailAddress(),
  fc.webUrl(),
  fc.domain(),
  fc.json(),
  fc.stringMatching(/^[+(]?[0-9][0-9 ()./-]{0,14}( ?ext\.? ?[0-9]{1,4})?$/),
  fc.stringMatching(/^[a-zA-Z0-9.@:/_'+-]{1,40}$/),
  fc.constantFrom(
    'a@b.co',
    "o'neil@b.example",
    "x'@b.example",
    'a..b@c.de',
    '.a@b.de',
    'a@-b.de',
    'HTTPS://x.example',
    'http://',
    'https://a b',
    'foo:bar',
    '[]',
    '{}',
    'null',
    '-a',
    'a-',
    'a.b',
    'xn--mller-kva.example',
  ),
  fc.string({ maxLength: 300 }),
)
const anyRule: fc.Arbitrary<TextRule> = fc.record({
  format: fc.constantFrom(...formats),
  minLength: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  maxLength: fc.option(fc.integer({ min: 5, max: 60 }), { nil: undefined }),
})

test('what the browser shows as valid the server accepts, and the other way round', () => {
  fc.assert(
    fc.property(anyRule, shaped, (rule, text) => {
      fc.pre(text !== '')
      expect(textError(rule, text) === undefined).toBe(browserAccepts(rule, text))
    }),
    { numRuns: 4000 },
  )
})

test('an e-mail address the form takes is one an order takes', () => {
  fc.assert(
    fc.property(shaped, (text) => {
      if (text !== '' && textError({ format: 'email' }, text) === undefined)
        expect(customer.shape.contact.shape.email.safeParse(text).success).toBe(true)
    }),
    { numRuns: 4000 },
  )
})

test('no pattern takes longer than a moment over a hostile text', () => {
  for (const format of formats) {
    for (const text of [`${'a.'.repeat(126)}!`, `${'a'.repeat(253)}!`, `${'a-'.repeat(126)}!`, `+${'1 '.repeat(24)}x`]) {
      const begun = process.hrtime.bigint()
      textError({ format }, text)
      expect(Number(process.hrtime.bigint() - begun) / 1e6).toBeLessThan(500)
    }
  }
})
