/** An action in the facts of the timeline. */
import type { ActionId, PlanId } from '../../kit/ids.ts'
import type { WantedAction } from '../rules/manage/wanted.ts'
import type { TimelineEvent } from '../timeline.ts'

interface AskedFor {
  readonly id: ActionId
  readonly wanted: WantedAction
  /** Plan and seats when it was asked for. */
  readonly from: { readonly planId: PlanId; readonly quantity: number | undefined }
}

export function actionFacts({ id, wanted, from }: AskedFor): TimelineEvent['facts'] {
  switch (wanted.kind) {
    case 'changePlan':
      return { action: wanted.kind, from: from.planId, to: wanted.planId, id }
    case 'changeSeats':
      return { action: wanted.kind, from: from.quantity ?? 'flat rate', to: wanted.seats, id }
    case 'cancel':
      return { action: wanted.kind, id }
  }
}
