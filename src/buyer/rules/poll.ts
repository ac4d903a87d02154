/** How long a status page rests before it looks again. */
import { type Milliseconds, seconds } from '../../kit/time.ts'
import type { BuyerStage } from './buyer-stage.ts'
import type { ChangeNews } from './change.ts'

/** Machines answer within seconds, people within hours; what is settled changes seldom. The page itself rests longer as time goes by. */
export function pollPause(stage: BuyerStage): Milliseconds {
  switch (stage.kind) {
    case 'activating':
      return seconds(1.5)
    case 'waiting':
      return stage.for === 'orderPlaced' ? seconds(1.5) : seconds(3)
    case 'inquiring':
      return seconds(5)
    case 'notReady':
      return seconds(15)
    case 'active':
    case 'suspended':
      return stage.change ? whileChanging(stage.change) : seconds(60)
    case 'failed':
      return seconds(60)
    case 'order':
    case 'partnerBought':
    case 'ended':
    case 'lapsed':
      return seconds(300)
  }
}

function whileChanging(change: ChangeNews): Milliseconds {
  switch (change.kind) {
    case 'underWay':
      return change.actor === 'vendor' ? seconds(3) : seconds(1.5)
    case 'question':
      return seconds(5)
    case 'notByVendor':
    case 'notMade':
    case 'made':
      return seconds(60)
  }
}
