import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { continuationOf, operationOf } from './links.ts'

const OPERATION = '74dfb4db-c193-4891-827d-eb05fbdc64b0'

describe('the next page', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9+/=._~%-]{1,60}$/)
  const before = fc.constantFrom(
    'https://marketplaceapi.microsoft.com/api/saas/subscriptions?',
    'https://https://marketplaceapi.microsoft.com/api/saas/subscriptions/?', // the docs' own sample has the scheme twice
    'https://somewhere.else.example/x?api-version=2018-08-31&',
    '/api/saas/subscriptions/?',
    '?',
  )
  const after = fc.constantFrom('', '&api-version=2018-08-31', '#part')

  test('whatever stands around it, the continuation token comes out exactly as it was written', () => {
    fc.assert(
      fc.property(before, fc.constantFrom('continuationToken', 'continuationtoken'), token, after, (start, name, value, end) => {
        expect(continuationOf(`${start}${name}=${value}${end}`)).toBe(value)
      }),
    )
  })

  test.each(['https://host/api?api-version=2018-08-31', 'https://host/api?continuationToken=', 'nonsense'])('%s has none', (link) => {
    expect(continuationOf(link)).toBeUndefined()
  })
})

describe('the operation of an accepted request', () => {
  test.each([
    `https://marketplaceapi.microsoft.com/api/saas/subscriptions/37f9dea2-4345-438f-b0bd-03d40d28c7e0/operations/${OPERATION}?api-version=2018-08-31`,
    `https://internal.example/operations/${OPERATION.toUpperCase()}`,
    `/saas/subscriptions/x/operations/${OPERATION}/`,
  ])('is read from %s', (location) => {
    expect(operationOf({ 'operation-location': location })).toBe(OPERATION)
  })

  test('is read from Operation-Id where there is no location', () => {
    expect(operationOf({ 'operation-id': OPERATION })).toBe(OPERATION)
  })

  test.each([{}, { 'operation-location': 'https://host/operations/' }, { 'operation-location': `https://host/operations/${OPERATION}ff` }])(
    'is undefined for %o',
    (headers) => {
      expect(operationOf(headers)).toBeUndefined()
    },
  )
})
