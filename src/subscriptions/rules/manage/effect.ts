/** What will happen when an action is done, sentence by sentence: nothing that cannot be known. Pure. */
import type { ManageFacts } from './facts.ts'
import type { PresentState, WantedAction } from './wanted.ts'

export function effectOf(wanted: WantedAction, present: PresentState, facts: Pick<ManageFacts, 'offered'>): readonly string[] {
  switch (wanted.kind) {
    case 'changeSeats':
      return [
        `Microsoft changes the seats from ${count(present.quantity)} to ${count(wanted.seats)} and bills from then on; how the present term is settled is up to Microsoft.`,
        `The vendor is asked for ${count(wanted.seats)} ${wanted.seats === 1 ? 'seat' : 'seats'}.`,
      ]
    case 'changePlan': {
      const name = (planId: string) => facts.offered.find((plan) => plan.planId === planId)?.name || planId
      return [
        `Microsoft changes the plan from ${name(present.planId)} to ${name(wanted.planId)} and bills from then on; how the present term is settled is up to Microsoft.`,
        `The vendor is asked to change to ${name(wanted.planId)}${seats(present.quantity)}.`,
      ]
    }
    case 'cancel':
      return endingOf(present)
  }
}

function endingOf({ status }: PresentState): readonly string[] {
  const charges = 'What is charged or refunded is decided by Microsoft: it cannot be seen here.'
  if (status === 'PendingFulfillmentStart')
    return ['Microsoft cancels the purchase before anything is charged.', 'Nothing more is delivered.']
  return [
    'Microsoft ends the subscription for good: to come back, it has to be bought anew.',
    'The vendor is asked to cancel, and access ends.',
    charges,
  ]
}

const count = (seats: number | undefined): string => (seats ?? 0).toLocaleString('en-US')
const seats = (quantity: number | undefined): string =>
  quantity === undefined ? '' : ` with ${count(quantity)} ${quantity === 1 ? 'seat' : 'seats'}`
