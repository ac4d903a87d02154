import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readErrorBody } from './error-body.ts'

test.each([
  [{ code: 'BadArgument', message: 'm', target: 't', details: [{ code: 'x', message: 'y' }] }, 'BadArgument', 'm'],
  [{ error: { code: 'InternalServerError', message: 'm' } }, 'InternalServerError', 'm'],
  [{ Error: { Code: 'ApiVersionUnspecified', Message: 'm' } }, 'ApiVersionUnspecified', 'm'],
  [{ details: [{ code: 'InvalidValue', message: 'y' }] }, 'InvalidValue', 'y'],
  [{ error: 'short' }, undefined, 'short'],
  ['The app is not the one configured for the offer', undefined, 'The app is not the one configured for the offer'],
  ['', undefined, undefined],
  [undefined, undefined, undefined],
  [null, undefined, undefined],
])('%o says code %o and message %o', (body, code, message) => {
  expect(readErrorBody(body)).toEqual({ code, message })
})

test('no body of any shape makes the reader stumble', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => void readErrorBody(body)))
})
