/**
 * Observe both sides, compare, take the next step, look again, until it waits or is settled. Everything that happens to a subscription
 * goes through here; duplicates, lost notices and restarts are the same path as the happy case.
 */
import { hasCode } from '../kit/errors/index.ts'
import { days, type Instant, plus, seconds } from '../kit/time.ts'
import { act, LONGEST_STEP } from './act/act.ts'
import type { ActOutcome } from './act/outcome.ts'
import { whenStillUnknown } from './become-known.ts'
import type { ConvergeDeps, Holding } from './deps.ts'
import { type Looked, look } from './look.ts'
import type { SubscriptionKey } from './record.ts'
import type { Attempt } from './rules/attempts.ts'
import { attemptOf, mayHaveWorkedAt } from './rules/attempts.ts'
import { isBraked } from './rules/brakes/rate.ts'
import type { Next } from './rules/next.ts'
import { type Step, stepKey } from './rules/steps.ts'
import type { TimelineEvent, TimelineWord } from './timeline.ts'

/** More turns than any real path needs: beyond it something flaps, and it is looked at again later. */
const MOST_TURNS = 12

/** @returns when to look again; never, when it is settled for good. */
export async function converge<Transaction>(
  deps: ConvergeDeps<Transaction>,
  key: SubscriptionKey,
  holding: Holding<Transaction>,
): Promise<Instant | undefined> {
  for (let turn = 1; turn <= MOST_TURNS; turn++) {
    const seen = await look(deps, key, holding)
    if (!seen) return whenStillUnknown(deps, key)
    deps.crashPoint('subscription.looked')
    if (seen.next.kind !== 'step') return lookAgainAt(seen.next, deps.clock.now())
    await takeStep(deps, key, holding, seen.next.step, seen)
  }
  deps.log.warn({ tenant: key.tenantId, subscription: key.subscriptionId }, 'the subscription does not come to rest')
  return plus(deps.clock.now(), seconds(30))
}

/** Settled is looked at once a day all the same: nothing may be missed for ever. */
function lookAgainAt(next: Exclude<Next, { kind: 'step' }>, now: Instant): Instant | undefined {
  if (next.kind === 'settled') return next.final ? undefined : plus(now, days(1))
  return next.until
}

async function takeStep<Transaction>(
  deps: ConvergeDeps<Transaction>,
  key: SubscriptionKey,
  holding: Holding<Transaction>,
  step: Step,
  seen: Looked,
): Promise<void> {
  const { setup } = seen
  if (!setup) throw new TypeError('a step needs a managed offer: the rules have let it through')
  const intent = intended(seen, step, deps.clock.now())
  if (!(await recordIntent(deps, key, holding, step, replaced(seen.attempts, intent)))) return
  deps.crashPoint(`subscription.${step.kind}.intended`)
  await holding.assertTimeFor(LONGEST_STEP)
  const outcome = await act(step, { ...seen, key, setup, loadOrder: () => deps.store.loadOrder(key), signal: holding.signal })
  deps.crashPoint(`subscription.${step.kind}.called`)
  const done: Attempt = {
    ...intent,
    outcome: outcome.outcome,
    messages: outcome.messages,
    because: outcome.because,
    lastAt: deps.clock.now(),
  }
  await deps.store.recordAttempts(key, replaced(seen.attempts, done), [ended(step, outcome)], deps.clock.now(), holding.guard)
  deps.crashPoint(`subscription.${step.kind}.stored`)
}

/** Intent and brake in one transaction: what may not be begun is not stored. False when the brake caught; the next look sees it. */
async function recordIntent<Transaction>(
  { store, brakes, clock }: ConvergeDeps<Transaction>,
  key: SubscriptionKey,
  holding: Holding<Transaction>,
  step: Step,
  attempts: readonly Attempt[],
): Promise<boolean> {
  const now = clock.now()
  if (!isBraked(step)) {
    await store.recordAttempts(key, attempts, [started(step)], now, holding.guard)
    return true
  }
  const guard = async (transaction: Transaction): Promise<void> => {
    await holding.guard(transaction)
    await brakes.admit(transaction, key, step, now)
  }
  try {
    await store.recordAttempts(key, attempts, [started(step)], now, guard)
    return true
  } catch (error) {
    if (!hasCode(error, 'ERR_ENDS_PAUSED')) throw error
    await brakes.pause(key.tenantId, now)
    return false
  }
}

function intended({ attempts, newestRequest, sendWith }: Looked, step: Step, now: Instant): Attempt {
  const before = attemptOf(attempts, step)
  return {
    key: stepKey(step),
    count: (before?.count ?? 0) + 1,
    firstAt: before?.firstAt ?? now,
    lastAt: now,
    outcome: 'intended',
    messages: [],
    mayHaveWorkedAt: mayHaveWorkedAt(before),
    newestBefore: newestRequest ?? null,
    sentWith: sendWith,
  }
}

const replaced = (attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] => [
  ...attempts.filter((one) => one.key !== attempt.key),
  attempt,
]

const started = (step: Step): TimelineEvent => ({ actor: 'bridge', event: 'step.started', facts: { step: stepKey(step) } })

const WORDS: Readonly<Record<ActOutcome['outcome'], TimelineWord>> = {
  accepted: 'step.accepted',
  unknown: 'step.unknown',
  notTaken: 'step.notTaken',
  refused: 'step.refused',
  nothingChanged: 'step.nothingChanged',
}

const ended = (step: Step, { outcome, messages, facts }: ActOutcome): TimelineEvent => ({
  actor: 'bridge',
  event: WORDS[outcome],
  facts: { step: stepKey(step), ...facts, ...(messages.length > 0 ? { reasons: messages } : {}) },
})
