import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planId } from '../../../kit/ids.ts'
import { seconds } from '../../../kit/time.ts'
import type { NoticeAction, OperationState } from '../notice.ts'
import { ANSWER_WINDOW, afterValidation, decide, type OperationFacts } from './answer.ts'
import type { OperationPolicy, Verdict } from './policy.ts'

const [silver, gold] = ['silver', 'gold'].map((id) => planId.parse(id))
const plan = fc.constantFrom(silver, gold, undefined)
const verdict = fc.constantFrom<Verdict>('accept', 'refuse', 'rules', 'validate')
const target = fc.record({ planId: plan, quantity: fc.constantFrom(undefined, 1, 5, 50) })
const policy: fc.Arbitrary<OperationPolicy> = fc.record({
  changePlan: verdict,
  addSeats: verdict,
  removeSeats: verdict,
  minSeats: fc.constantFrom(undefined, 5),
  maxSeats: fc.constantFrom(undefined, 5, 20),
  planMoves: fc.constantFrom([], [{ from: planId.parse('silver'), to: planId.parse('gold') }]),
})

const facts: fc.Arbitrary<OperationFacts> = fc.record({
  action: fc.constantFrom<NoticeAction>(
    'ChangePlan',
    'ChangeQuantity',
    'Reinstate',
    'Renew',
    'Suspend',
    'Unsubscribe',
    'Subscribe',
    'Unknown',
  ),
  source: fc.constantFrom('Azure', 'Azure', 'Unknown', 'Partner'),
  state: fc.constantFrom<OperationState>('NotStarted', 'InProgress', 'InProgress', 'Succeeded', 'Failed', 'Conflict', 'notFound', 'unread'),
  target,
  present: fc.option(target, { nil: undefined }),
  age: fc.integer({ min: 0, max: seconds(20) }),
  managed: fc.boolean(),
  targetPlanMapped: fc.boolean(),
  policy,
  answered: fc.option(fc.record({ answer: fc.constantFrom('Success', 'Failure'), taken: fc.boolean() }), { nil: undefined, freq: 3 }),
})

const always = (claim: (given: OperationFacts, decision: ReturnType<typeof decide>) => void) =>
  fc.assert(
    fc.property(facts, (given) => claim(given, decide(given))),
    { numRuns: 3000 },
  )
const refuses = (decision: ReturnType<typeof decide>) => decision.kind === 'answer' && decision.answer === 'Failure'

describe('whatever Microsoft asks and the policy says', () => {
  test('nothing is refused, and nobody is asked, once the ten seconds are over', () => {
    always((given, decision) => {
      if (given.age >= ANSWER_WINDOW) expect(refuses(decision) || decision.kind === 'ask' || decision.kind === 'lookAgain').toBe(false)
    })
  })

  test('a reinstatement is never refused, and what only informs is never answered', () => {
    always((given, decision) => {
      if (given.action === 'Reinstate') expect(refuses(decision) || decision.kind === 'ask').toBe(false)
      else if (given.action !== 'ChangePlan' && given.action !== 'ChangeQuantity') expect(decision.kind).toBe('observe')
    })
  })

  test('what the publisher started, what is final and what was answered already is only observed', () => {
    always((given, decision) => {
      const done = given.state === 'Succeeded' || given.state === 'Failed' || given.state === 'Conflict'
      if (given.source === 'Partner' || done || given.answered?.taken) expect(decision.kind).toBe('observe')
    })
  })

  test('a value that is there already is never refused', () => {
    always((given, decision) => {
      const { target: wanted, present } = given
      const same =
        given.action === 'ChangePlan'
          ? wanted.planId !== undefined && wanted.planId === present?.planId
          : wanted.quantity !== undefined && wanted.quantity === present?.quantity
      if (same) expect(refuses(decision)).toBe(false)
    })
  })

  test('a plan that is not mapped is never accepted', () => {
    always((given, decision) => {
      if (given.action !== 'ChangePlan' || given.targetPlanMapped || decision.kind !== 'answer') return
      expect([decision.answer, decision.because]).toEqual(
        decision.because === 'revert' ? ['Success', 'revert'] : ['Failure', 'planNotMapped'],
      )
    })
  })

  test('with a policy that accepts everything only unmapped plans are refused', () => {
    const open: OperationPolicy = { changePlan: 'accept', addSeats: 'accept', removeSeats: 'accept', planMoves: [] }
    fc.assert(
      fc.property(facts, (given) => {
        const decision = decide({ ...given, policy: open })
        if (refuses(decision)) expect(decision).toMatchObject({ because: 'planNotMapped' })
      }),
    )
  })

  test('an operation Microsoft does not show is waited for four seconds, then answered by its notice', () => {
    always((given, decision) => {
      if (decision.kind === 'lookAgain')
        expect([given.age < seconds(4), ['notFound', 'unread'].includes(given.state)]).toEqual([true, true])
    })
  })
})

test('a vendor’s no counts only inside the ten seconds; broken validation is a yes', () => {
  expect(afterValidation('failed', seconds(9))).toMatchObject({ answer: 'Failure', because: 'validationFailed' })
  expect(afterValidation('failed', seconds(10))).toEqual({ kind: 'observe', because: 'tooLateToRefuse' })
  expect(afterValidation('notPossible', seconds(1))).toMatchObject({ answer: 'Success' })
})

const asked = (more: Partial<OperationFacts>): OperationFacts => ({
  action: 'ChangeQuantity',
  source: 'Azure',
  state: 'InProgress',
  target: { planId: silver, quantity: 10 },
  present: { planId: silver, quantity: 5 },
  age: 300,
  managed: true,
  targetPlanMapped: true,
  policy: { changePlan: 'accept', addSeats: 'refuse', removeSeats: 'accept', planMoves: [] },
  answered: undefined,
  ...more,
})

test('more and fewer seats have a policy each; when the present seats cannot be read the stricter one counts', () => {
  expect(decide(asked({}))).toMatchObject({ answer: 'Failure', because: 'policyRefuses' })
  expect(decide(asked({ target: { planId: silver, quantity: 2 } }))).toMatchObject({ answer: 'Success' })
  expect(decide(asked({ present: undefined }))).toMatchObject({ answer: 'Failure' })
})
