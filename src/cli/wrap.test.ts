import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapped } from './wrap.ts'

const finding = '    x failed    CLOCK: Our clock is 360 s behind. Run `bridge doctor larkspur PRD-417-220-901` again.'

test('a line is broken between words, goes on below its sentence, and keeps what can be copied in one piece', () => {
  expect(wrapped(finding, 64, 16)).toEqual([
    '    x failed    CLOCK: Our clock is 360 s behind. Run',
    '                `bridge doctor larkspur PRD-417-220-901` again.',
  ])
})

test('where nobody looks at a terminal, or it is too narrow to read, no line is broken', () => {
  expect(wrapped(finding, undefined, 16)).toEqual([finding])
  expect(wrapped(finding, 30, 16)).toEqual([finding])
})

test('whatever the words and the width, none is lost, and only a single word is ever wider than the terminal', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 120 }), fc.integer({ min: 0, max: 10 }), (all, columns, indent) => {
      const lines = wrapped(all.join(' '), columns, indent)
      expect(lines.join(' ').split(/ +/)).toEqual(all)
      for (const line of lines) expect(line.length <= columns || !line.trim().includes(' ')).toBe(true)
    }),
  )
})
