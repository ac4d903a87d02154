/** A one-off quantity an operator has billed: which hour it goes into and what is due of it is told first. */
import type { DimensionId, SubscriptionId, TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, ONE, printQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import { type DimensionUsage, type EventAnswer, takeEvents, usageOf } from '../../usage/index.ts'
import { type Done, notPossible, type OperatorAction, type Preview, refusedAs } from '../actions/action.ts'
import type { OperatorDeps } from '../deps.ts'
import { type Operator, signedBy } from '../operator.ts'

export interface ManualUsage {
  readonly tenantId: TenantId
  readonly subscriptionId: SubscriptionId
  readonly dimension: DimensionId
  readonly quantity: ExactQuantity
  readonly consumedAt: Instant
  /** Left out: made of the rest, so that the same said twice counts once. */
  readonly key?: string | undefined
  readonly note?: string | undefined
}

export function manualUsage({ db, clock }: OperatorDeps, { tenantId, note, ...wanted }: ManualUsage, operator: Operator): OperatorAction {
  const quantity = printQuantity(wanted.quantity)
  const consumedAt = wanted.consumedAt.toISOString()
  const { subscriptionId, dimension, key = `${wanted.subscriptionId}/${wanted.dimension}/${consumedAt}/${quantity}` } = wanted
  const take = async (dryRun: boolean): Promise<EventAnswer> => {
    const told = { key, subscriptionId, dimension, quantity, consumedAt }
    const [answer] = await takeEvents(db, { tenantId, source: 'manual', now: clock.now(), dryRun, signed: signedBy(operator, note) }, [
      told,
    ])
    if (!answer) throw new TypeError('an answer for each event')
    return answer
  }
  const preview = async (): Promise<Preview> => {
    const answer = await take(true)
    const use = (await usageOf(db, { tenantId, subscriptionId }))?.dimensions.find((one) => one.dimension === dimension)
    return previewOf(answer, wanted, use)
  }
  return {
    preview,
    carryOut: async (): Promise<Done> => {
      const answer = await take(false)
      const told = previewOf(answer, wanted, undefined)
      return told.possible ? { outcome: 'done', said: told.effect.slice(0, 1) } : refusedAs(told)
    },
  }
}

function previewOf(
  answer: EventAnswer,
  { dimension, quantity }: Pick<ManualUsage, 'dimension' | 'quantity'>,
  use: DimensionUsage | undefined,
): Preview {
  const amount = `${printQuantity(quantity)} of ${dimension}`
  switch (answer.outcome) {
    case 'refused':
    case 'conflict':
      return notPossible(answer.code, answer.message, [answer.todo])
    case 'held':
      return { possible: true, effect: [`${amount} is held until an operator releases it (bridge usage decide release).`] }
    case 'placed':
    case 'covered':
    case 'rejected':
      return {
        possible: true,
        effect: [
          answer.repeated
            ? `${amount} was added before (${answer.outcome}); nothing is counted again.`
            : `${amount} is billed with the hour ${answer.hour?.toISOString() ?? ''}${answer.moved ? ` (moved: ${answer.moved})` : ''}.`,
          ...(answer.repeated ? [] : dueInWords(quantity, use)),
        ],
      }
  }
}

/** What of it goes beyond the included quantity, and what that costs. */
function dueInWords(quantity: ExactQuantity, use: DimensionUsage | undefined): readonly string[] {
  if (!use || use.left === undefined) return ['What the plan includes is not known yet: it is read at Microsoft before anything is billed.']
  if (use.left === 'unlimited') return ['Nothing of it is due: the plan includes any quantity.']
  const due = quantity > use.left ? quantity - use.left : 0n
  const included = use.included === 0n ? '' : ` after ${printQuantity(use.left)} that is left of what is included`
  return [`Due: ${printQuantity(due)}${included}.`, ...priceInWords(due, use)]
}

function priceInWords(due: ExactQuantity, { price, currency }: DimensionUsage): readonly string[] {
  if (price === undefined || due === 0n) return []
  return [`About ${printQuantity((due * price) / ONE)} ${currency ?? ''}, at ${printQuantity(price)} a unit.`.replace(' ,', ',')]
}
