/** Whether an action may be done: total tables, read from the top; the first row that fits decides. Pure. */
import type { PlanId } from '../../../kit/ids.ts'
import type { PlanAndSeats } from '../notice.ts'
import { type OperationPolicy, ruleOn } from '../operations/policy.ts'
import { type Allowed, type ManageFacts, type May, no, type Refused } from './facts.ts'
import { planLimits, type SeatLimits } from './limits.ts'
import type { PresentState, WantedAction } from './wanted.ts'

/** @param expected what the person saw when asking: they meant a change from there. */
export function mayBeDone(wanted: WantedAction, facts: ManageFacts, expected?: PlanAndSeats): May {
  const refused = whyNotAtAll(wanted.kind, facts)
  if (refused) return refused
  const { microsoft } = facts
  if (!microsoft) return no('NOT_READABLE')
  if (expected && !isSame(expected, microsoft)) return no('CHANGED_MEANWHILE')
  return whyNotThis(wanted, microsoft, facts) ?? { may: true }
}

/** What is the same for every plan and every number of seats: whether to offer this kind of change at all. */
export function whyNotAtAll(kind: WantedAction['kind'], { managed, microsoft, pending }: ManageFacts): Refused | undefined {
  if (!managed) return no('NOT_MANAGED')
  if (!microsoft) return no('NOT_READABLE')
  const refused = byStatus(kind, microsoft) ?? byPermission(kind, microsoft)
  if (refused) return refused
  if (pending.action) return no('ACTION_OPEN')
  if (pending.microsoft) return no('OPERATION_PENDING')
  if (kind === 'cancel') return undefined // the end is never held up by the vendor
  if (pending.vendor) return no('VENDOR_PENDING')
  return kind === 'changeSeats' && microsoft.quantity === undefined ? no('FLAT_RATE') : undefined
}

const isSame = (expected: PlanAndSeats, present: PlanAndSeats): boolean =>
  expected.planId === present.planId && expected.quantity === present.quantity

function byStatus(kind: WantedAction['kind'], { status }: PresentState): Refused | undefined {
  switch (status) {
    case 'Subscribed':
      return undefined
    case 'Suspended':
      return kind === 'cancel' ? undefined : no('SUSPENDED')
    case 'PendingFulfillmentStart':
      return kind === 'cancel' ? undefined : no('NOT_ACTIVE_YET')
    case 'Unsubscribed':
      return no('ENDED')
    case 'NotStarted':
    case 'Unknown':
      return no('NOT_ACTIVE_YET')
  }
}

/** What a partner bought may only be read. Source: Fulfilment API 2018-08-31, allowedCustomerOperations. */
function byPermission(kind: WantedAction['kind'], { mayUpdate, mayDelete }: Allowed): Refused | undefined {
  if (kind === 'cancel' ? mayDelete : mayUpdate) return undefined
  return no(mayUpdate || mayDelete ? 'NOT_ALLOWED' : 'BOUGHT_BY_PARTNER')
}

function whyNotThis(wanted: WantedAction, present: PresentState, facts: ManageFacts): Refused | undefined {
  switch (wanted.kind) {
    case 'changePlan':
      return whyNotPlan(wanted.planId, present, facts)
    case 'changeSeats':
      return whyNotSeats(wanted.seats, present, facts)
    case 'cancel':
      return undefined
  }
}

function whyNotPlan(planId: PlanId, present: PresentState, { offered, mappedPlans, policy }: ManageFacts): Refused | undefined {
  if (planId === present.planId) return no('SAME_PLAN')
  const plan = offered.find((one) => one.planId === planId)
  if (!plan || plan.isStopSell) return no('PLAN_NOT_OFFERED', { planId })
  if (!mappedPlans.has(planId)) return no('PLAN_NOT_MAPPED', { planId })
  const seats = present.quantity
  const refused = byPolicy({ action: 'ChangePlan', target: { planId, quantity: seats } }, present, policy)
  return refused ?? (seats === undefined ? undefined : outside(seats, planLimits(plan)))
}

function whyNotSeats(seats: number, present: PresentState, { offered, policy }: ManageFacts): Refused | undefined {
  if (!Number.isInteger(seats) || seats < 1) return no('NOT_A_NUMBER_OF_SEATS')
  if (seats === present.quantity) return no('SAME_SEATS')
  const refused = byPolicy({ action: 'ChangeQuantity', target: { planId: present.planId, quantity: seats } }, present, policy)
  return refused ?? outside(seats, planLimits(offered.find((plan) => plan.planId === present.planId)))
}

const outside = (seats: number, { least, most }: SeatLimits): Refused | undefined =>
  seats < least ? no('TOO_FEW_SEATS', { least }) : seats > most ? no('TOO_MANY_SEATS', { most }) : undefined

type Asked = Pick<Parameters<typeof ruleOn>[0], 'action' | 'target'>

/** What the publisher refuses when the buyer asks for it at Microsoft is refused here too. `validate` is a yes: the vendor is asked for the change itself. */
function byPolicy(asked: Asked, present: PresentState, policy: OperationPolicy): Refused | undefined {
  const ruling = ruleOn({ ...asked, present }, policy)
  if (ruling.ruling !== 'refuse') return undefined
  switch (ruling.because) {
    case 'moveNotListed':
      return no('MOVE_NOT_LISTED')
    case 'tooFewSeats':
      return no('TOO_FEW_SEATS', { least: policy.minSeats ?? 1 })
    case 'tooManySeats':
      return no('TOO_MANY_SEATS', policy.maxSeats === undefined ? {} : { most: policy.maxSeats })
    default:
      return no('POLICY_REFUSES')
  }
}
