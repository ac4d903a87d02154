import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError, AppError, errorCatalogue } from '../../kit/errors/index.ts'
import { localeOf } from './locale.ts'
import { failureFacts, problemOf } from './problem.ts'
import { newReference } from './reference.ts'
import { contentSecurityPolicy } from './security-headers.ts'
import { codeTold, toldAs } from './told.ts'

describe('what a buyer is told of a failure', () => {
  test('passing trouble of any room is "not now", with a time to come back; what only an operator can mend is "our fault"', () => {
    expect(problemOf(new ApiError('ERR_CONNECT_UNAVAILABLE', {}))).toEqual({ code: 'ERR_SHOP_UNAVAILABLE', status: 503, retryAfter: 30 })
    expect(problemOf(new AppError('ERR_DB_UNAVAILABLE'))).toMatchObject({ code: 'ERR_SHOP_UNAVAILABLE', status: 503 })
    expect(problemOf(new AppError('ERR_TENANT_NOT_FOUND'))).toMatchObject({ code: 'ERR_INTERNAL', status: 500 })
    expect(problemOf(new Error('boom'))).toMatchObject({ code: 'ERR_INTERNAL', status: 500 })
  })

  test('only codes made for buyers are ever shown', () => {
    for (const code of Object.keys(errorCatalogue).filter((name): name is keyof typeof errorCatalogue => name in errorCatalogue)) {
      expect(problemOf(new AppError(code)).code).not.toMatch(/^ERR_(MS|CONNECT|DB|TENANT|SECRET|CREDENTIAL|CONFIG|LEASE)_/)
    }
  })

  test('the log learns where it happened, and nothing a visitor sent', () => {
    const quoting = new SyntaxError('Unexpected token in "mara@fabrikam.example"')
    expect(JSON.stringify(failureFacts(quoting))).not.toContain('mara')
    expect(JSON.stringify(failureFacts(new AppError('ERR_INTERNAL', { cause: quoting })))).not.toContain('mara')
    expect(failureFacts(quoting)['stack']).toContain('pure.test.ts')
  })
})

describe('the language of the visitor', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de-CH, de;q=0.9, en;q=0.8', 'de-CH'],
    ['en;q=0.3, fr;q=0.7', 'fr'],
    ['de;q=0, it;q=0.1', 'it'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['<script>, "x', 'en'],
  ])('%s: %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })

  test('is a language tag whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(() => new Intl.Locale(localeOf(header))).not.toThrow()
      }),
    )
  })
})

test('a word in the address tells only of those failures that are handed on there', () => {
  expect(codeTold(toldAs('ERR_SHOP_UNAVAILABLE') ?? null)).toBe('ERR_SHOP_UNAVAILABLE')
  for (const word of [null, '', 'ERR_WRONG_ORGANISATION', 'constructor']) expect(codeTold(word)).toBe('ERR_PURCHASE_TOKEN_MISSING')
  expect(toldAs('ERR_NOT_FOUND')).toBeUndefined()
})

test('a logo opens its own origin in the policy, and cannot add a directive', () => {
  expect(contentSecurityPolicy('https://logo.example/a.svg')).toContain("img-src 'self' data: https://logo.example;")
  expect(contentSecurityPolicy("https://logo.example/;script-src 'unsafe-inline'")).not.toContain('unsafe')
  expect(contentSecurityPolicy('not a url')).toBe(contentSecurityPolicy())
})

test('references are short, readable and differ', () => {
  const references = Array.from({ length: 500 }, newReference)
  expect(references.every((reference) => /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(reference))).toBe(true)
  expect(new Set(references).size).toBe(500)
})
