import fc from 'fast-check'
import { expect, test } from 'vitest'
import { days, type Instant, instant, plus } from '../../../kit/time.ts'
import { afterTry, type Tried } from './after-try.ts'
import { type CheckedCredential, type CredentialCheck, credentialState, expiryStage } from './state.ts'
import { toBeTold } from './told.ts'

const now = instant('2030-01-01T00:00:00Z')
const good: Tried = { result: 'good', notes: [] }
const refused: Tried = { result: 'refused', code: 'ERR_MS_CREDENTIAL_WRONG', reason: 'no' }
const unclear: Tried = { result: 'unclear', code: 'ERR_MS_UNAVAILABLE', reason: 'down' }
const checked = (...tries: readonly Tried[]): CredentialCheck | undefined =>
  tries.reduce<CredentialCheck | undefined>((before, tried, hour) => afterTry(before, tried, at(hour)), undefined)
const at = (hour: number): Instant => plus(now, hour * 3_600_000)
const credential = (more: Partial<CheckedCredential>): CheckedCredential => ({
  ...{ kind: 'microsoft', slot: 'primary', expiresAt: undefined, check: checked(good) },
  ...more,
})
const endsIn = (length: number) => plus(now, days(length))

test.each([
  [31, undefined],
  [30, 30],
  [15, 30],
  [14, 14],
  [3, 3],
  [0.5, 3],
  [0, 0],
  [-40, 0],
])('an end in %d days is at stage %s', (length, stage) => {
  expect(expiryStage(endsIn(length), now)).toBe(stage)
})

test('a side that does not answer changes nothing of what was known, however often', () => {
  const tries = fc.array(fc.constantFrom(good, refused, unclear), { maxLength: 12 })
  fc.assert(
    fc.property(tries, fc.integer({ min: 1, max: 4 }), (before, silences) => {
      const known = checked(...before)
      const after = checked(...before, ...Array.from({ length: silences }, () => unclear))
      expect(after?.result).toBe(known?.result)
      expect(after?.lastGoodAt).toEqual(known?.lastGoodAt)
      expect(after?.unanswered).toBe('ERR_MS_UNAVAILABLE')
    }),
  )
})

test('since when it stands so, and when it was last good, outlive further checks of the same result', () => {
  expect(checked(good, refused, refused, unclear, refused)).toMatchObject({
    result: 'refused',
    since: at(1),
    lastGoodAt: at(0),
    askedAt: at(4),
  })
  expect(checked(refused, good, good)).toMatchObject({ result: 'good', since: at(1), lastGoodAt: at(2), code: undefined })
})

test('active, expiring, in error, or not checked: an error counts more than an end, an end more than a good check', () => {
  expect(credentialState(credential({}), now)).toBe('active')
  expect(credentialState(credential({ expiresAt: endsIn(20) }), now)).toBe('expiring')
  expect(credentialState(credential({ expiresAt: endsIn(20), check: checked(refused) }), now)).toBe('error')
  expect(credentialState(credential({ check: undefined }), now)).toBe('unchecked')
  expect(credentialState(credential({ check: checked(unclear) }), now)).toBe('unchecked')
})

test('an end is told until another of its kind is good and lasts', () => {
  const ending = credential({ expiresAt: endsIn(10) })
  expect(toBeTold([ending], now).expiring).toEqual([{ ...ending, stage: 14 }])
  const next = credential({ slot: 'secondary', expiresAt: endsIn(300) })
  expect(toBeTold([ending, next], now).expiring).toEqual([])
  expect(toBeTold([ending, { ...next, check: undefined }], now).expiring).toHaveLength(1)
  expect(toBeTold([ending, { ...next, kind: 'signIn' }], now).expiring).toHaveLength(1)
})

test('a refusal is told here where work goes on without it, and by whoever works with it where it does not', () => {
  const bad = credential({ check: checked(refused) })
  expect(toBeTold([bad], now).failing).toEqual([])
  expect(toBeTold([bad, credential({ slot: 'secondary' })], now).failing).toEqual([bad])
  const signIn = { ...bad, kind: 'signIn' }
  expect(toBeTold([signIn], now).failing).toEqual([signIn])
})
