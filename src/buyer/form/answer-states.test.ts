import vm from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedRules } from '../assets/client.ts'
import { type AnswerRule, answerStates } from './answer-states.ts'

const names = ['a', 'b', 'c', 'd', 'e'] as const
const anyFlag = fc.option(fc.boolean(), { nil: undefined })
const anyRule = (name: string): fc.Arbitrary<AnswerRule> =>
  fc.record({
    name: fc.constant(name),
    required: fc.boolean(),
    hidden: fc.boolean(),
    readonly: fc.boolean(),
    inputs: fc.constant([{ name, needed: true, telling: true }]),
    defaults: fc.constantFrom([], ['1'], ['2']),
    dependency: fc.option(
      fc.record({
        on: fc.constantFrom(...names, 'gone'),
        values: fc.subarray(['1', '2', '3']),
        required: anyFlag,
        hidden: anyFlag,
        readonly: anyFlag,
      }),
      { nil: undefined },
    ),
  })
const anyRules = fc.tuple(...names.map(anyRule))
const anyGiven = fc.dictionary(fc.constantFrom(...names), fc.subarray(['1', '2', '3']))

test('the browser’s copy of the rule is the server’s: same text, same answer, circles and all', () => {
  const copy: unknown = vm.runInNewContext(
    `${sharedRules}; (rules, given) => JSON.stringify(answerStates(JSON.parse(rules), JSON.parse(given)))`,
  )
  if (typeof copy !== 'function') throw new TypeError('no function')
  fc.assert(
    fc.property(anyRules, anyGiven, (rules, given) => {
      const [rulesText, givenText] = [JSON.stringify(rules), JSON.stringify(given)]
      expect(copy(rulesText, givenText)).toBe(JSON.stringify(answerStates(JSON.parse(rulesText), JSON.parse(givenText))))
    }),
  )
})

test('nothing hidden or read-only is required, and a rule without dependency is as it says', () => {
  fc.assert(
    fc.property(anyRules, anyGiven, (rules, given) => {
      const states = answerStates(rules, given)
      for (const rule of rules) {
        const state = states[rule.name]
        if (!state) throw new RangeError(rule.name)
        if (state.hidden || state.readonly) expect(state).toMatchObject({ required: false, mustFill: [] })
        if (!rule.dependency) expect([state.hidden, state.readonly]).toEqual([rule.hidden, rule.readonly])
      }
    }),
  )
})

const rule = (name: string, changes: Partial<AnswerRule> = {}): AnswerRule => ({
  name,
  required: false,
  hidden: false,
  readonly: false,
  inputs: [{ name, needed: true, telling: true }],
  defaults: [],
  ...changes,
})

test('a chain is followed to its end: what hides a question also takes away what depends on it', () => {
  const rules = [
    rule('a'),
    rule('b', { hidden: true, dependency: { on: 'a', values: ['1'], hidden: false } }),
    rule('c', { hidden: true, dependency: { on: 'b', values: ['1'], hidden: false } }),
  ]
  expect(answerStates(rules, { a: ['1'], b: ['1'] })).toMatchObject({ b: { hidden: false }, c: { hidden: false } })
  expect(answerStates(rules, { a: ['2'], b: ['1'] })).toMatchObject({ b: { hidden: true }, c: { hidden: true } })
})

test('a read-only question counts with its default', () => {
  const rules = [rule('a', { readonly: true, defaults: ['1'] }), rule('b', { dependency: { on: 'a', values: ['1'], required: true } })]
  expect(answerStates(rules, { a: ['2'] })['b']?.required).toBe(true)
})
