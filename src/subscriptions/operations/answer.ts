/** Answering one operation: read, decide, send, record. Its own object on the work list, never behind the subscription's. */
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import { ApiError } from '../../kit/errors/index.ts'
import { operationId } from '../../kit/ids.ts'
import { between, hours, type Instant, type Milliseconds, plus, seconds } from '../../kit/time.ts'
import type { OperationAnswer } from '../../microsoft/index.ts'
import { traced } from '../act/trace.ts'
import type { Clients, ConvergeDeps, SalesOf } from '../deps.ts'
import type { OperationState } from '../rules/notice.ts'
import { nextNoticeLook } from '../rules/notices.ts'
import { ANSWER_WINDOW, afterValidation, type Decision, decide, type Reason } from '../rules/operations/answer.ts'
import type { TimelineEvent, TimelineWord } from '../timeline.ts'
import { OPERATION_WORK } from '../work-kinds.ts'
import { readFacts, type SeenOperation } from './facts.ts'
import type { AnswerOutcome, OperationStore, StoredOperation } from './store.ts'
import { validateChange } from './validate-change.ts'

export interface AnswerDeps<Transaction>
  extends Pick<ConvergeDeps<Transaction>, 'store' | 'clientsFor' | 'recognizePlan' | 'clock' | 'log' | 'crashPoint'> {
  readonly operations: OperationStore<Transaction>
  readonly salesOf: SalesOf
}

/** The longest the call with our answer may take, repeats included. */
const LONGEST_ANSWER: Milliseconds = seconds(8)
/** How soon again, while there is still time to be heard. */
const AGAIN: Milliseconds = 500
/** How long a refusal is followed until Microsoft shows whether it was heeded. */
const FOLLOWED_FOR: Milliseconds = hours(1)

export const operationLook = <Transaction>(deps: AnswerDeps<Transaction>): Look<Transaction> =>
  defineLook({
    kind: OPERATION_WORK,
    priority: priorities.answer,
    longestCall: LONGEST_ANSWER,
    async look({ tenantId, key }, lease) {
      const operation = await deps.operations.load({ tenantId, operationId: operationId.parse(key) })
      return operation ? answerOperation(deps, operation, lease) : {}
    },
  })

async function answerOperation<Transaction>(
  deps: AnswerDeps<Transaction>,
  operation: StoredOperation,
  lease: Lease<Transaction>,
): Promise<LookResult> {
  const clients = await deps.clientsFor(operation.tenantId)
  const seen = await readFacts({ ...deps, microsoft: clients.microsoft }, operation, lease.signal)
  const { decision, reasons } = await decideOn(deps, operation, seen, clients, lease)
  switch (decision.kind) {
    case 'observe':
      return observe(deps, operation, seen, decision.because, lease)
    case 'answer':
      return send(deps, operation, seen, { ...decision, reasons }, clients, lease)
    case 'ask':
    case 'lookAgain':
      return { lookAgainAt: plus(deps.clock.now(), AGAIN) }
  }
}

async function decideOn<Transaction>(
  deps: AnswerDeps<Transaction>,
  operation: StoredOperation,
  { facts, sold }: SeenOperation,
  { connect }: Clients,
  lease: Lease<Transaction>,
): Promise<{ readonly decision: Decision; readonly reasons: readonly string[] }> {
  const decision = decide(facts)
  if (decision.kind !== 'ask' || !sold) return { decision, reasons: [] }
  const { target, present, age } = facts
  const { outcome, reasons } = await validateChange({ ...deps, connect }, { operation, sold, target, present, age }, lease.signal)
  return { decision: afterValidation(outcome, deps.clock.now().getTime() - operation.lastToldAt.getTime()), reasons }
}

/** Nothing (more) to say. Of an answer that was given the truth is recorded, once Microsoft shows it: a refusal is not always heeded. */
async function observe<Transaction>(
  deps: AnswerDeps<Transaction>,
  operation: StoredOperation,
  { operation: seen, facts: { state } }: SeenOperation,
  because: Reason,
  lease: Lease<Transaction>,
): Promise<LookResult> {
  const at = deps.clock.now()
  const change = {
    ...(operation.decision === undefined ? observed(operation, because) : truthAbout(operation, state)),
    seen,
    at,
    wakes: true,
  }
  await deps.operations.record(operation, change, lease.assertHeld)
  return { lookAgainAt: isRefusalOnItsWay(operation, state, at) ? nextNoticeLook(operation.lastToldAt, at) : undefined }
}

const observed = (operation: StoredOperation, because: Reason) => ({
  decision: 'observe' as const,
  because,
  events: [event('operation.observed', operation, { because })],
})

function truthAbout(operation: StoredOperation, state: OperationState) {
  const { answer } = operation
  if (!answer || !isFinal(state)) return {}
  const heeded = (state === 'Succeeded') === (answer.answer === 'Success')
  const outcome: AnswerOutcome = heeded ? 'taken' : 'notTaken'
  if (outcome === answer.outcome) return {}
  return {
    answer: answer.answer,
    answerOutcome: outcome,
    events: heeded ? [] : [event('operation.overruled', operation, { answer: answer.answer, state })],
  }
}

const isFinal = (state: OperationState): boolean => state === 'Succeeded' || state === 'Failed' || state === 'Conflict'

const isRefusalOnItsWay = ({ answer, lastToldAt }: StoredOperation, state: OperationState, now: Instant): boolean =>
  answer?.answer === 'Failure' && !isFinal(state) && between(lastToldAt, now) < FOLLOWED_FOR

interface Answer {
  readonly answer: OperationAnswer
  readonly because: Reason
  readonly reasons: readonly string[]
}

async function send<Transaction>(
  deps: AnswerDeps<Transaction>,
  operation: StoredOperation,
  seen: SeenOperation,
  { answer, because, reasons }: Answer,
  { microsoft }: Clients,
  lease: Lease<Transaction>,
): Promise<LookResult> {
  const { operations, clock, crashPoint } = deps
  const decision = answer === 'Success' ? 'accept' : 'refuse'
  const intent = { decision, because, reasons, answer, answerOutcome: 'intended', seen: seen.operation, at: clock.now() } as const
  await operations.record(operation, intent, lease.assertHeld)
  crashPoint('operation.intended')
  await lease.assertTimeFor(LONGEST_ANSWER)
  const trace = traced(microsoft)
  const call = (signal: AbortSignal) => trace.microsoft.patchOperation(operation.subscriptionId, operation.operationId, answer, signal)
  const { outcome, facts } = await outcomeOf(call, lease.signal)
  crashPoint('operation.answered')
  const at = clock.now()
  const word = outcome === 'taken' ? (answer === 'Success' ? 'operation.accepted' : 'operation.refused') : notTaken(facts)
  const ids = { correlationId: trace.correlationId, ...trace.facts() }
  const events = [event(word, operation, { because, ...ids, ...facts, ...(reasons.length > 0 ? { reasons } : {}) })]
  await operations.record(operation, { answer, answerOutcome: outcome, answeredAt: at, events, at, wakes: true }, lease.assertHeld)
  crashPoint('operation.stored')
  return { lookAgainAt: answer === 'Failure' ? plus(at, AGAIN) : againWithin(operation, at, outcome) }
}

const notTaken = ({ code }: TimelineEvent['facts']): TimelineWord =>
  code === 'ERR_MS_NOT_FOUND' ? 'operation.notThere' : 'operation.notTaken'

/** A call that failed is repeated while there is time: Microsoft takes the same answer twice. A clear no is looked into once. */
function againWithin({ lastToldAt }: StoredOperation, now: Instant, outcome: AnswerOutcome): Instant | undefined {
  const again = plus(now, AGAIN)
  return outcome === 'unknown' && again.getTime() < lastToldAt.getTime() + ANSWER_WINDOW ? again : undefined
}

/** @throws what is no answer of Microsoft's: an abort, a fault of ours. */
async function outcomeOf(
  call: (signal: AbortSignal) => Promise<void>,
  held: AbortSignal,
): Promise<{ readonly outcome: AnswerOutcome; readonly facts: TimelineEvent['facts'] }> {
  const limit = AbortSignal.timeout(LONGEST_ANSWER)
  try {
    await call(AbortSignal.any([held, limit]))
    return { outcome: 'taken', facts: {} }
  } catch (error) {
    if (limit.aborted && !held.aborted) return { outcome: 'unknown', facts: { after: `${LONGEST_ANSWER} ms` } }
    if (!(error instanceof ApiError)) throw error
    const facts = { code: error.code, ...(error.status === undefined ? {} : { status: error.status }) }
    return { outcome: error.retryable ? 'unknown' : 'notTaken', facts }
  }
}

const event = (
  word: TimelineWord,
  { action, operationId, told: { target } }: StoredOperation,
  facts: TimelineEvent['facts'],
): TimelineEvent => ({
  actor: 'bridge',
  event: word,
  facts: {
    action,
    operation: operationId,
    ...(action === 'ChangePlan' && target.planId !== undefined ? { plan: target.planId } : {}),
    ...(action === 'ChangeQuantity' && target.quantity !== undefined ? { seats: target.quantity } : {}),
    ...facts,
  },
})
