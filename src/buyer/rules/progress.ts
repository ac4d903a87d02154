/** How far a purchase is, in three steps: ordered, prepared by the seller, ready to use. */
import type { BuyerStage } from './buyer-stage.ts'

export type StepState = 'done' | 'current' | 'upcoming' | 'stopped'

export interface Progress {
  readonly ordered: StepState
  readonly prepared: StepState
  readonly ready: StepState
}

/** Absent where steps would say nothing: before the order, and after the end. */
export function progressOf(stage: BuyerStage): Progress | undefined {
  switch (stage.kind) {
    case 'order':
    case 'partnerBought':
      return { ordered: 'current', prepared: 'upcoming', ready: 'upcoming' }
    case 'waiting':
      if (stage.for === 'resuming' || stage.for === 'ending') return undefined
      return stage.for === 'orderPlaced'
        ? { ordered: 'current', prepared: 'upcoming', ready: 'upcoming' }
        : { ordered: 'done', prepared: 'current', ready: 'upcoming' }
    case 'inquiring':
      return { ordered: 'done', prepared: 'current', ready: 'upcoming' }
    case 'activating':
      return { ordered: 'done', prepared: 'done', ready: 'current' }
    case 'active':
      return stage.isFresh ? { ordered: 'done', prepared: 'done', ready: 'done' } : undefined
    case 'failed':
      return { ordered: 'done', prepared: 'stopped', ready: 'upcoming' }
    case 'suspended':
    case 'ended':
    case 'notReady':
    case 'lapsed':
      return undefined
  }
}
