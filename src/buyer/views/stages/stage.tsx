/** The whole of a subscription's page below the frame: the head, what belongs to the stage, the purchase beside it. */
import type { VNode } from 'preact'
import type { FormModel } from '../../form/model.ts'
import { asksForOrder, type BuyerStage, type OrderStage, type PartnerBoughtStage } from '../../rules/buyer-stage.ts'
import { progressOf } from '../../rules/progress.ts'
import { OrderForm } from '../form/order-form.tsx'
import { DateAndTime } from '../parts/moment.tsx'
import { PurchaseCard } from '../parts/purchase-card.tsx'
import { Steps } from '../parts/steps.tsx'
import type { Setting } from '../setting.ts'
import { stageHead } from '../stage-head.ts'
import { ActiveButtons, ActiveCards } from './active.tsx'
import { Ended, Support, Suspended } from './halted.tsx'
import { Hero } from './hero.tsx'
import { Inquiry, NextStep, WaitingNotes } from './underway.tsx'

export interface StageProps {
  readonly stage: BuyerStage
  readonly path: string
  readonly form?: FormModel | undefined
  readonly setting: Setting
}

export const Stage = ({ stage, path, form, setting }: StageProps): VNode => {
  const progress = progressOf(stage)
  return (
    <div class="stack">
      <Hero head={stageHead(stage, setting)}>
        {stage.kind === 'active' && <ActiveButtons stage={stage} setting={setting} path={path} />}
        {progress && stage.kind !== 'active' && <Steps progress={progress} setting={setting} />}
        {(stage.kind === 'waiting' || stage.kind === 'inquiring' || stage.kind === 'activating') && (
          <NextStep stage={stage} setting={setting} />
        )}
      </Hero>
      <div class={`columns${asksForOrder(stage) ? ' ordering' : ''}`}>
        <div class="stack">
          <Body stage={stage} path={path} form={form} setting={setting} />
        </div>
        <aside class="stack">
          <PurchaseCard purchase={stage.purchase} setting={setting} />
        </aside>
      </div>
    </div>
  )
}

const Body = ({ stage, path, form, setting }: StageProps): VNode => {
  switch (stage.kind) {
    case 'order':
    case 'partnerBought':
      return <Ordering stage={stage} path={path} form={form} setting={setting} />
    case 'inquiring':
      return (
        <>
          <Inquiry stage={stage} setting={setting} />
          <WaitingNotes stage={stage} path={path} setting={setting} />
        </>
      )
    case 'waiting':
    case 'activating':
      return <WaitingNotes stage={stage} path={path} setting={setting} />
    case 'active':
      return <ActiveCards stage={stage} path={path} setting={setting} />
    case 'suspended':
      return (
        <>
          <Suspended stage={stage} path={path} setting={setting} />
          <Support setting={setting} />
        </>
      )
    case 'ended':
      return (
        <>
          <Ended stage={stage} setting={setting} />
          <Support setting={setting} />
        </>
      )
    case 'failed':
    case 'notReady':
    case 'lapsed':
      return <Support setting={setting} />
  }
}

const Ordering = ({ stage, path, form, setting }: StageProps & { readonly stage: OrderStage | PartnerBoughtStage }): VNode => {
  const { order, partner } = setting.texts
  const [heading, text] =
    stage.kind !== 'partnerBought'
      ? []
      : stage.visitorIs === 'partner'
        ? [partner.partnerHeading, partner.partnerText]
        : [partner.customerHeading, partner.customerText]
  return (
    <>
      {heading && (
        <div class="note info">
          <strong>{heading}</strong>
          <p>{text}</p>
        </div>
      )}
      {stage.completeBy && (
        <div class="note">
          <p>
            <strong>{order.completeBy}</strong> <DateAndTime at={stage.completeBy} setting={setting} />
          </p>
          <p class="muted small">{order.completeByText}</p>
        </div>
      )}
      {form && <OrderForm form={form} action={`${path}/order`} setting={setting} />}
    </>
  )
}
