/** An action in the facts of the timeline. */
import type { TimelineEvent } from '../timeline.ts'
import type { ManagementAction } from './store.ts'

export function actionFacts({ id, wanted, from }: Pick<ManagementAction, 'id' | 'wanted' | 'from'>): TimelineEvent['facts'] {
  switch (wanted.kind) {
    case 'changePlan':
      return { action: wanted.kind, from: from.planId, to: wanted.planId, id }
    case 'changeSeats':
      return { action: wanted.kind, from: from.quantity ?? 'flat rate', to: wanted.seats, id }
    case 'cancel':
      return { action: wanted.kind, id }
  }
}
