import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOfStatus, isOutcomeUnknown } from './outcome.ts'

test.each([
  [400, 'ERR_MS_BAD_REQUEST'],
  [401, 'ERR_MS_FORBIDDEN'],
  [403, 'ERR_MS_FORBIDDEN'],
  [404, 'ERR_MS_NOT_FOUND'],
  [409, 'ERR_MS_CONFLICT'],
  [412, 'ERR_MS_CONFLICT'],
  [408, 'ERR_MS_UNAVAILABLE'],
  [429, 'ERR_MS_UNAVAILABLE'],
  [500, 'ERR_MS_UNAVAILABLE'],
  [503, 'ERR_MS_UNAVAILABLE'],
  [302, 'ERR_MS_UNEXPECTED_ANSWER'],
  [418, 'ERR_MS_UNEXPECTED_ANSWER'],
])('status %i is told as %s', (status, code) => {
  expect(codeOfStatus(status)).toBe(code)
})

const end = fc.oneof(fc.integer({ min: 300, max: 599 }), fc.constantFrom('notSent' as const, 'lost' as const))

test('a call that changes nothing never leaves its outcome in doubt', () => {
  fc.assert(fc.property(fc.boolean(), end, (repeated, how) => !isOutcomeUnknown({ changes: false, repeated, end: how })))
})

test('a single try leaves doubt exactly when it was lost, timed out or met a server fault', () => {
  fc.assert(
    fc.property(end, (how) => {
      const doubt = how === 'lost' || how === 408 || (typeof how === 'number' && how >= 500)
      return isOutcomeUnknown({ changes: true, repeated: false, end: how }) === doubt
    }),
  )
})

test('after a repeat there is always doubt: the earlier try may have taken effect', () => {
  fc.assert(fc.property(end, (how) => isOutcomeUnknown({ changes: true, repeated: true, end: how })))
})
