/** What a buyer or an operator may ask for at Microsoft. */
import type { PlanId } from '../../../kit/ids.ts'
import type { PlanAndSeats } from '../notice.ts'
import type { MicrosoftStatus } from '../view.ts'

export type WantedAction =
  | { readonly kind: 'changePlan'; readonly planId: PlanId }
  | { readonly kind: 'changeSeats'; readonly seats: number }
  /** Ends the subscription for good. */
  | { readonly kind: 'cancel' }

/** Microsoft's side as far as an action is about it. */
export interface PresentState extends PlanAndSeats {
  readonly planId: PlanId
  readonly status: MicrosoftStatus
}

/** Microsoft shows what was asked for. */
export function isInForce(wanted: WantedAction, present: PresentState): boolean {
  switch (wanted.kind) {
    case 'changePlan':
      return present.planId === wanted.planId
    case 'changeSeats':
      return present.quantity === wanted.seats
    case 'cancel':
      return present.status === 'Unsubscribed'
  }
}

export const isSameAction = (a: WantedAction, b: WantedAction): boolean => {
  switch (a.kind) {
    case 'changePlan':
      return b.kind === 'changePlan' && a.planId === b.planId
    case 'changeSeats':
      return b.kind === 'changeSeats' && a.seats === b.seats
    case 'cancel':
      return b.kind === 'cancel'
  }
}
