/** What an action would do, and whether it may be done: asked before anything is kept. */
import type { PlanId } from '../../kit/ids.ts'
import type { SubscriptionKey } from '../record.ts'
import { effectOf } from '../rules/manage/effect.ts'
import type { ManageFacts, Refused } from '../rules/manage/facts.ts'
import { type SeatLimits, seatLimits } from '../rules/manage/limits.ts'
import { mayBeDone, whyNotAtAll } from '../rules/manage/may.ts'
import { type ActionReason, type ReasonFacts, wordsOf } from '../rules/manage/reasons.ts'
import type { WantedAction } from '../rules/manage/wanted.ts'
import type { PlanAndSeats } from '../rules/notice.ts'
import type { ManageDeps } from './deps.ts'
import { readManageFacts } from './facts.ts'

/** A no, with a stable code and a sentence. */
export interface NotPossible {
  readonly possible: false
  readonly reason: ActionReason
  /** What the sentence names: a plan, the least or most seats. */
  readonly facts: ReasonFacts
  readonly because: string
}

export const notPossible = ({ reason, facts }: Pick<Refused, 'reason' | 'facts'>): NotPossible => ({
  possible: false,
  reason,
  facts,
  because: wordsOf(reason, facts),
})

export type Preview =
  | NotPossible
  | {
      readonly possible: true
      readonly wanted: WantedAction
      /** Plan and seats now. Given back as `expected` when asking, nothing else is changed than was shown. */
      readonly from: { readonly planId: PlanId; readonly quantity: number | undefined }
      /** What will happen, sentence by sentence. */
      readonly effect: readonly string[]
    }

export interface PreviewOptions {
  /** What the person saw: refused when it is otherwise by now. */
  readonly expected?: PlanAndSeats | undefined
  readonly signal?: AbortSignal | undefined
}

/** @throws AppError `ERR_SUBSCRIPTION_NOT_FOUND`; ApiError when Microsoft cannot be asked now. */
export async function previewAction(
  deps: ManageDeps,
  key: SubscriptionKey,
  wanted: WantedAction,
  options: PreviewOptions = {},
): Promise<Preview> {
  const facts = await factsFor(deps, key, options.signal)
  const may = mayBeDone(wanted, facts, options.expected)
  if (!may.may) return notPossible(may)
  const { microsoft } = facts
  if (!microsoft) throw new TypeError('what may be done was seen at Microsoft: the rules have let it through')
  const { planId, quantity } = microsoft
  return { possible: true, wanted, from: { planId, quantity }, effect: effectOf(wanted, microsoft, facts) }
}

/** What can be asked for now: for a page or an operator who chooses. */
export interface Choices {
  readonly present: ManageFacts['microsoft']
  readonly changePlan: NotPossible | { readonly possible: true; readonly plans: readonly PlanChoice[] }
  readonly changeSeats: NotPossible | ({ readonly possible: true } & SeatLimits)
  readonly cancel: NotPossible | { readonly possible: true }
}

export interface PlanChoice {
  readonly planId: PlanId
  readonly name: string
  readonly isPresent: boolean
  /** Why it cannot be chosen; absent when it can. */
  readonly notPossible: NotPossible | undefined
}

/** @throws as `previewAction` */
export async function readChoices(deps: ManageDeps, key: SubscriptionKey, signal?: AbortSignal): Promise<Choices> {
  const facts = await factsFor(deps, key, signal)
  return {
    present: facts.microsoft,
    changePlan: refusal('changePlan', facts) ?? { possible: true, plans: planChoices(facts) },
    changeSeats: refusal('changeSeats', facts) ?? { possible: true, ...seatLimits(facts) },
    cancel: refusal('cancel', facts) ?? { possible: true },
  }
}

async function factsFor(deps: ManageDeps, key: SubscriptionKey, signal: AbortSignal | undefined): Promise<ManageFacts> {
  const { microsoft } = await deps.clientsFor(key.tenantId)
  return (await readManageFacts(deps, key, microsoft, signal ?? new AbortController().signal)).facts
}

function refusal(kind: WantedAction['kind'], facts: ManageFacts): NotPossible | undefined {
  const refused = whyNotAtAll(kind, facts)
  return refused && notPossible(refused)
}

/** Plans that are not set up here or not sold any more are nobody's choice. */
const planChoices = (facts: ManageFacts): readonly PlanChoice[] =>
  facts.offered.flatMap(({ planId, name }) => {
    const isPresent = planId === facts.microsoft?.planId
    const may = mayBeDone({ kind: 'changePlan', planId }, facts)
    if (!may.may && (may.reason === 'PLAN_NOT_MAPPED' || may.reason === 'PLAN_NOT_OFFERED')) return []
    return [{ planId, name: name || planId, isPresent, notPossible: may.may ? undefined : notPossible(may) }]
  })
