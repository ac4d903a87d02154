import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPurchaseToken } from './purchase-token.ts'

/** Tokens as Microsoft makes them look like Base64; ours may hold any other visible character too, for they are opaque. */
const base64 = fc.base64String({ minLength: 4, maxLength: 1200 })
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 300,
})

const read = (query: string) => readPurchaseToken(query)
const token = (text: string) => ({ kind: 'token', token: text })

test('every token survives being encoded once, as Microsoft does', () => {
  fc.assert(
    fc.property(visible, (text) => {
      expect(read(`token=${encodeURIComponent(text)}`)).toEqual(token(text))
    }),
  )
})

test('a token survives a sender that leaves + and / as they are, and one that encodes as forms do', () => {
  fc.assert(
    fc.property(base64, (text) => {
      expect(read(`token=${text}`)).toEqual(token(text))
      expect(read(new URLSearchParams({ token: text }).toString())).toEqual(token(text))
    }),
  )
})

test('a + that somebody on the way turned into a space is a + again', () => {
  fc.assert(
    fc.property(base64, (text) => {
      expect(read(`token=${encodeURIComponent(text.replaceAll('+', ' '))}`)).toEqual(token(text))
    }),
  )
})

test('what is around the token does not change it', () => {
  fc.assert(
    fc.property(base64, fc.webQueryParameters({ size: 'xsmall' }), (text, rest) => {
      fc.pre(!rest.split('&').some((pair) => pair.startsWith('token=')))
      expect(read(`${rest}&token=${encodeURIComponent(text)}&${rest}`)).toEqual(token(text))
    }),
  )
})

test('nothing that arrives makes it throw, and what it returns can stand in a header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (anything) => {
      const reading = read(`token=${anything}`)
      if (reading.kind === 'token') expect(reading.token).toMatch(/^[\x21-\x7e]{1,8000}$/)
    }),
  )
})

describe.each([
  ['no query', '', 'missing'],
  ['an empty token', 'token=', 'missing'],
  ['a token by another name', 'tokens=abc&Token=abc', 'missing'],
  ['two different tokens', 'token=abc&token=def', 'malformed'],
  ['a cut percent sequence', 'token=abc%2', 'malformed'],
  ['a line break for the header', 'token=abc%0D%0Ax-evil:1', 'malformed'],
  ['more than a header takes', `token=${'a'.repeat(8_001)}`, 'malformed'],
])('%s', (_name, query, kind) => {
  test(`is ${kind}`, () => {
    expect(read(query)).toEqual({ kind })
  })
})

test('the same token twice is one token', () => {
  expect(read('token=abc&token=abc')).toEqual(token('abc'))
})
