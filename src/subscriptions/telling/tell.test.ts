import { expect, test } from 'vitest'
import { stepInWords } from './steps.ts'
import { tell } from './tell.ts'

test.each([
  ['purchase:PRD-1-0001=12', 'order 12 × PRD-1-0001 at the vendor'],
  ['change:PRD-1-0001=0,PRD-1-0002=unlimited', 'change the vendor’s items to 0 × PRD-1-0001, PRD-1-0002 without limit'],
  ['activate:team:5', 'activate at Microsoft'],
  ['revoke:PR-1', 'take back the vendor’s scheduled request PR-1'],
  ['somethingNewer:x', 'somethingNewer:x'],
])('the step %s is told as: %s', (key, words) => {
  expect(stepInWords(key)).toBe(words)
})

test('a sentence says what it can, and the ids of both sides follow it', () => {
  const facts = { step: 'change:A=4', request: 'PR-1', status: 'pending', requestId: 'r-1', correlationId: 'c-1' }
  expect(tell({ event: 'step.accepted', facts })).toEqual({
    sentence: 'Asked to change the vendor’s items to 4 × A: taken, request PR-1 (pending).',
    details: [
      ['Microsoft request', 'r-1'],
      ['correlation', 'c-1'],
    ],
  })
})

test('facts that are missing, and words of another version, leave a sentence all the same', () => {
  expect(tell({ event: 'attention.acted', facts: { code: 'A_NEWER_ONE', action: 'newer' } }).sentence).toBe(
    'An operator chose “newer” for: A_NEWER_ONE.',
  )
  expect(tell({ event: 'notice.received', facts: {} }).sentence).toBe('Microsoft told of something this version does not know.')
  expect(tell({ event: 'step.refused', facts: { step: 'suspend', reasons: ['Not now.', 'Later'] } }).sentence).toBe(
    'Asked to suspend at the vendor: refused (Not now; Later).',
  )
})
