/** Carrying out what was asked for: look, ask Microsoft once, follow its operation to the end. Its own object on the work list. */
import type { Tx } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import { actionId } from '../../kit/ids.ts'
import { plus, seconds } from '../../kit/time.ts'
import type { MicrosoftFulfilment } from '../../microsoft/index.ts'
import { traced } from '../act/trace.ts'
import { type OperationObservation, observeOperation } from '../notification/observe.ts'
import { mayBeDone } from '../rules/manage/may.ts'
import { type ActionNext, nextOfAction, type SendOutcome } from '../rules/manage/progress.ts'
import { wordsOf } from '../rules/manage/reasons.ts'
import type { TimelineWord } from '../timeline.ts'
import { ACTION_WORK } from '../work-kinds.ts'
import { callMicrosoft, LONGEST_ACTION_CALL } from './call.ts'
import type { ManageDeps } from './deps.ts'
import { readManageFacts } from './facts.ts'
import { findOperation } from './found.ts'
import { loadAction, type ManagementAction, recordAction } from './store.ts'
import { actionFacts } from './told.ts'
import { isUnclear, lookOn } from './unclear.ts'

export const actionLook = (deps: ManageDeps): Look =>
  defineLook({
    kind: ACTION_WORK,
    priority: priorities.person,
    longestCall: LONGEST_ACTION_CALL,
    async look({ tenantId, key }, lease) {
      const id = actionId.parse(key)
      const { microsoft } = await deps.clientsFor(tenantId)
      const traced = microsoft.traced({ correlationId: id })
      for (let turn = 1; turn <= MOST_TURNS; turn++) {
        const action = await loadAction(deps.db, { tenantId, id })
        if (action && isUnclear(action)) return lookOn(deps, action, traced, lease)
        if (!action || action.ended) return {}
        const result = await oneTurn(deps, action, traced, lease)
        if (result !== 'again') return result
      }
      return { lookAgainAt: plus(deps.clock.now(), seconds(5)) }
    },
  })

/** To send, to follow and to end take three; more than that is somebody else's haste. */
const MOST_TURNS = 6

interface Turn {
  readonly next: ActionNext
  readonly operation: OperationObservation | undefined
}

async function oneTurn(
  deps: ManageDeps,
  action: ManagementAction,
  microsoft: MicrosoftFulfilment,
  lease: Lease,
): Promise<LookResult | 'again'> {
  const { next, operation } = await look(deps, action, microsoft, lease.signal)
  deps.crashPoint('action.looked')
  switch (next.kind) {
    case 'wait':
      return { lookAgainAt: next.until }
    case 'send':
      await send(deps, action, microsoft, lease)
      return 'again'
    case 'follow': {
      const at = deps.clock.now()
      const events = [event('action.taken', action, { operation: next.operationId })]
      const sending = action.sending && { ...action.sending, outcome: 'accepted' as const }
      await recordAction(deps.db, action, { ...(sending ? { sending } : {}), operationId: next.operationId, events, at }, guardOf(lease))
      deps.crashPoint('action.followed')
      return 'again'
    }
    case 'end':
      await end(deps, action, next, operation, lease)
      return 'again' // one that is unclear is looked at on
  }
}

/** The operation is read before the subscription: what it brought about is seen then. */
async function look(deps: ManageDeps, action: ManagementAction, microsoft: MicrosoftFulfilment, signal: AbortSignal): Promise<Turn> {
  const { wanted, askedAt, sending, operationId, subscriptionId } = action
  const operation = operationId && (await observeOperation(microsoft, subscriptionId, operationId, signal))
  const { facts, operations } = await readManageFacts(deps, action, microsoft, signal)
  const others = { ...facts, pending: { ...facts.pending, action: false } }
  const found = sending && !operationId ? await findOperation(deps.db, action, operations) : undefined
  const progress = {
    ...{ wanted, askedAt, sending, found },
    microsoft: facts.microsoft,
    operation: typeof operation === 'object' ? operation.status : operation,
    may: mayBeDone(wanted, others, wanted.kind === 'cancel' ? undefined : action.from),
  }
  return { next: nextOfAction(progress, deps.clock.now()), operation }
}

const WORDS: Readonly<Record<Exclude<SendOutcome, 'intended'>, TimelineWord | undefined>> = {
  accepted: 'action.taken',
  unknown: 'action.unknown',
  locked: 'action.locked',
  notTaken: 'action.notTaken',
  refused: undefined, // its end tells
  forbidden: undefined,
}

async function send(deps: ManageDeps, action: ManagementAction, microsoft: MicrosoftFulfilment, lease: Lease): Promise<void> {
  const { db, clock, crashPoint } = deps
  const intent = { count: (action.sending?.count ?? 0) + 1, lastAt: clock.now(), outcome: 'intended' } as const
  await recordAction(db, action, { sending: intent, events: [event('action.sent', action)], at: intent.lastAt }, guardOf(lease))
  crashPoint('action.intended')
  await lease.assertTimeFor(LONGEST_ACTION_CALL)
  const trace = traced(microsoft, action.id)
  const { outcome, operationId, words, facts } = await callMicrosoft(trace.microsoft, action.subscriptionId, action.wanted, lease.signal)
  crashPoint('action.called')
  const at = clock.now()
  const word = WORDS[outcome]
  const events = word ? [event(word, action, { ...trace.facts(), ...facts, ...(words.length > 0 ? { reasons: words } : {}) })] : []
  await recordAction(db, action, { sending: { ...intent, lastAt: at, outcome }, operationId, words, events, at }, guardOf(lease))
  crashPoint('action.stored')
}

const ENDS: Readonly<Record<Extract<ActionNext, { kind: 'end' }>['as'], TimelineWord>> = {
  done: 'action.done',
  failed: 'action.failed',
  refused: 'action.refused',
  unclear: 'action.unclear',
}

async function end(
  deps: ManageDeps,
  action: ManagementAction,
  { as, reason, facts }: Extract<ActionNext, { kind: 'end' }>,
  operation: OperationObservation | undefined,
  lease: Lease,
): Promise<void> {
  const at = deps.clock.now()
  const message = typeof operation === 'object' && as === 'failed' ? operation.errorMessage : undefined
  const words = message ? [message] : action.words
  const events = [
    event(ENDS[as], action, {
      ...(reason === undefined ? {} : { reason, because: wordsOf(reason, facts) }),
      ...(as !== 'done' && words.length > 0 ? { reasons: words } : {}),
    }),
  ]
  await recordAction(deps.db, action, { words, ended: { at, as, reason }, events, at }, guardOf(lease))
  deps.crashPoint('action.ended')
}

const event = (
  word: TimelineWord,
  action: ManagementAction,
  facts: Readonly<Record<string, string | number | readonly string[]>> = {},
) => ({
  actor: 'bridge' as const,
  event: word,
  facts: { ...actionFacts(action), ...facts },
})

const guardOf = (lease: Lease) => (tx: Tx) => lease.assertHeld(tx)
