import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closestTo, editDistance } from './spelling.ts'

test('the distance between two words is symmetric, zero only for equals and bounded by the longer', () => {
  const word = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b)
      expect(distance).toBe(editDistance(b, a))
      expect(distance === 0).toBe(a === b)
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
    }),
  )
})

test('the nearest word within the limit is meant, and none beyond it', () => {
  expect(closestTo('sceret', ['secret', 'server'], () => 2)).toBe('secret')
  expect(closestTo('SECRET', ['secret'], () => 0)).toBe('secret')
  expect(closestTo('password', ['secret'], () => 2)).toBeUndefined()
})
