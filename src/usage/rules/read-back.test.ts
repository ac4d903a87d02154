import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantityOf } from '../../kit/quantity.ts'
import { compareDay, isDifference } from './read-back.ts'

const row = (submitted: string, reconStatus = 'Accepted') => ({ submitted: quantityOf(submitted), processed: undefined, reconStatus })
const day = (ours: string, ...rows: readonly ReturnType<typeof row>[]) => ({ ours: quantityOf(ours), rows, underWay: false, fresh: false })

test('what Microsoft is still processing is no difference; what it rejects, lacks or has more of is one', () => {
  expect(compareDay(day('3', row('1'), row('2')))).toBe('agrees')
  expect(compareDay(day('3', row('3', 'Submitted')))).toBe('processing')
  expect(compareDay({ ...day('3'), fresh: true })).toBe('processing')
  expect(compareDay({ ...day('3', row('2', 'Submitted')), fresh: true })).toBe('processing')
  expect(compareDay(day('3'))).toBe('missing')
  expect(compareDay(day('3', row('2')))).toBe('less')
  expect(compareDay({ ...day('3', row('4', 'Submitted')), fresh: true })).toBe('more')
  expect(compareDay({ ...day('3', row('4')), underWay: true })).toBe('processing')
  expect(compareDay(day('3', row('3', 'Rejected')))).toBe('rejected')
  expect(compareDay(day('3', row('3', 'Mismatch')))).toBe('mismatch')
})

test('sums Microsoft makes in doubles agree with ours, whatever the quantities', () => {
  const quantities = fc.array(fc.bigInt({ min: 1n, max: 10n ** 13n }), { minLength: 1, maxLength: 24 })
  fc.assert(
    fc.property(quantities, (sent) => {
      const ours = sent.reduce((sum, one) => sum + one, 0n)
      const asDoubles = sent.reduce((sum, one) => sum + Number(one) / 1e8, 0)
      const theirs = {
        submitted: BigInt(Math.round(Number(asDoubles.toPrecision(15)) * 1e8)),
        processed: undefined,
        reconStatus: 'Accepted',
      }
      expect(isDifference(compareDay({ ours, rows: [theirs], underWay: false, fresh: false }))).toBe(false)
    }),
  )
})
