/** The head of each stage: its sign, its tone and its two sentences. */
import type { BuyerStage, FailedStage } from '../rules/buyer-stage.ts'
import type { IconName } from './parts/icons.tsx'
import type { Setting } from './setting.ts'
import type { Texts } from './texts.ts'

export interface StageHead {
  readonly tone: 'info' | 'good' | 'warn' | 'bad' | 'calm' | 'joy'
  readonly icon: IconName
  readonly title: string
  readonly lead: string
}

export function stageHead(stage: BuyerStage, { texts, product, frame }: Setting): StageHead {
  const name = product.name || stage.purchase.name
  switch (stage.kind) {
    case 'order':
      return { tone: 'info', icon: 'cart', title: texts.order.title(name), lead: texts.order.lead }
    case 'partnerBought':
      return { tone: 'info', icon: 'cart', title: texts.partner.title(name), lead: texts.order.lead }
    case 'waiting':
      return { tone: 'info', icon: 'clock', title: texts.waiting[stage.for].title, lead: texts.waiting[stage.for].text }
    case 'inquiring':
      return { tone: 'warn', icon: 'question', title: texts.inquiring.title, lead: texts.inquiring.text }
    case 'activating':
      return { tone: 'info', icon: 'clock', title: texts.activating.title, lead: texts.activating.text }
    case 'active': {
      const who = frame.visitor?.givenName
      if (!stage.isFresh) return { tone: 'good', icon: 'tick', title: texts.active.title(name), lead: texts.active.text }
      return { tone: 'joy', icon: 'tick', title: texts.active.freshTitle(name), lead: texts.active.freshText(who) }
    }
    case 'suspended':
      return { tone: 'warn', icon: 'pause', title: texts.suspended.title, lead: texts.suspended.text }
    case 'ended':
      return { tone: 'calm', icon: 'door', title: texts.ended.title, lead: texts.ended.text }
    case 'failed':
      return { tone: 'bad', icon: 'cross', title: texts.failed.title, lead: failedText(stage, texts) }
    case 'notReady':
      return {
        tone: 'info',
        icon: 'tools',
        title: texts.notReady.title,
        lead: stage.purchase.mayBeBilled ? texts.notReady.billed : texts.notReady.text,
      }
    case 'lapsed':
      return { tone: 'calm', icon: 'door', title: texts.lapsed.title, lead: texts.lapsed.text }
  }
}

const failedText = ({ outcome, purchase }: FailedStage, { failed }: Texts): string =>
  purchase.mayBeBilled ? failed[outcome] : `${failed[outcome]} ${failed.notCharged}`
