import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareQuantities,
  DOUBLE_DIGITS,
  fitsPrecision,
  fromDouble,
  ONE,
  printQuantity,
  quantityOf,
  readQuantity,
  significantDigits,
  splitForDouble,
  sumQuantities,
  survivesDouble,
  toDouble,
} from './quantity.ts'

const quantity = fc.oneof(fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }), fc.bigInt({ min: -1000n, max: 1000n }))

describe('reading and printing', () => {
  test('what is printed is read back to the last digit', () => {
    fc.assert(fc.property(quantity, (q) => quantityOf(printQuantity(q)) === q))
  })

  test.each([
    ['0', 0n],
    ['-0', 0n],
    [' 12 ', 12n * ONE],
    ['+1.50', 150_000_000n],
    ['.5', 50_000_000n],
    ['7.', 7n * ONE],
    ['0.00000001', 1n],
    ['1e-8', 1n],
    ['1.25E+2', 125n * ONE],
    ['0.100000000000', 10_000_000n],
    ['0e9999', 0n],
  ])('%s is read exactly', (text, expected) => expect(readQuantity(text)).toEqual({ ok: true, quantity: expected }))

  test.each([
    ['', 'notANumber'],
    ['.', 'notANumber'],
    ['-', 'notANumber'],
    ['1,5', 'notANumber'],
    ['1 000', 'notANumber'],
    ['0x10', 'notANumber'],
    ['NaN', 'notANumber'],
    ['Infinity', 'notANumber'],
    ['unlimited', 'notANumber'],
    ['9'.repeat(200), 'notANumber'],
    ['0.000000001', 'tooFine'],
    ['1e-9', 'tooFine'],
    ['1e-999', 'tooFine'],
    ['1e19', 'tooLarge'],
    ['1e9999', 'tooLarge'],
  ])('%s is refused, never rounded: %s', (text, fault) => expect(readQuantity(text)).toEqual({ ok: false, fault }))

  test('no text whatever makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readQuantity(text).ok === 'boolean'))
  })

  test('our own text that is none is a fault of ours', () => expect(() => quantityOf('many')).toThrow(RangeError))
})

describe('arithmetic', () => {
  test('a sum does not depend on order, and sorting agrees with the numbers', () => {
    fc.assert(
      fc.property(fc.array(quantity), (all) => {
        expect(sumQuantities(all)).toBe(sumQuantities(all.toReversed()))
        const sorted = all.toSorted(compareQuantities)
        expect(sorted.every((each, at) => at === 0 || (sorted[at - 1] ?? each) <= each)).toBe(true)
      }),
    )
  })

  test.each([
    ['3', 0, true],
    ['3.5', 0, false],
    ['0.25', 2, true],
    ['0.255', 2, false],
    ['-0.1', 1, true],
    ['0.12345678', 8, true],
  ])('%s at %i decimals: %s', (text, decimals, fits) => expect(fitsPrecision(quantityOf(text), decimals)).toBe(fits))

  test.each([
    ['0', 0],
    ['1000', 1],
    ['0.0012', 2],
    ['100.01', 5],
    ['1234567.12345678', 15],
    ['12345678.12345678', 16],
  ])('%s has %i significant digits', (text, digits) => expect(significantDigits(quantityOf(text))).toBe(digits))
})

describe('what a double can hold', () => {
  test('sent and carried are the whole, what is sent survives, and never more than was used is sent', () => {
    fc.assert(
      fc.property(quantity, (q) => {
        const { sent, carried } = splitForDouble(q)
        expect(sent + carried).toBe(q)
        expect(survivesDouble(sent)).toBe(true)
        expect(q >= 0n ? sent >= 0n && sent <= q : sent <= 0n && sent >= q).toBe(true)
      }),
    )
  })

  test('nothing is carried that could have been sent', () => {
    fc.assert(
      fc.property(quantity, (q) => {
        fc.pre(splitForDouble(q).carried !== 0n)
        expect(significantDigits(q)).toBeGreaterThan(DOUBLE_DIGITS)
      }),
    )
    expect(splitForDouble(quantityOf('12345678.12345678'))).toEqual({ sent: quantityOf('12345678.1234567'), carried: 8n })
  })

  test('what is sent comes back unchanged, through JSON and all', () => {
    fc.assert(
      fc.property(quantity, (q) => {
        const { sent } = splitForDouble(q)
        const back: unknown = JSON.parse(JSON.stringify({ quantity: toDouble(sent) }))
        expect(back).toEqual({ quantity: expect.any(Number) })
        expect(fromDouble(Number(JSON.stringify(toDouble(sent))))).toBe(sent)
      }),
    )
  })

  test('a sum made in doubles is read as the sum that was meant', () => {
    expect(fromDouble(0.1 + 0.2)).toBe(quantityOf('0.3'))
    expect(fromDouble(1 / 3)).toBe(33_333_333n)
    expect(fromDouble(5e-9)).toBe(1n)
    expect(fromDouble(1e-300)).toBe(0n)
    expect([Number.NaN, Number.POSITIVE_INFINITY, 1e40].map(fromDouble)).toEqual([undefined, undefined, undefined])
  })

  test('more digits than a double holds are refused, not rounded', () => {
    expect(() => toDouble(quantityOf('12345678.12345678'))).toThrow(RangeError)
  })
})
