/** What was bought, beside every stage. */
import type { ComponentChildren, VNode } from 'preact'
import type { PurchaseSummary } from '../../rules/buyer-stage.ts'
import type { Setting } from '../setting.ts'
import { DateAndTime, dayText } from './moment.tsx'

interface Props {
  readonly purchase: PurchaseSummary
  readonly setting: Setting
}

export const PurchaseCard = ({ purchase, setting }: Props): VNode => {
  const { texts, product } = setting
  return (
    <section class="card" aria-labelledby="purchase-heading">
      <h2 id="purchase-heading">{texts.purchase.heading}</h2>
      {purchase.isTest && <TestNote setting={setting} />}
      <dl class="facts">
        <Fact name={texts.purchase.product}>{product.name}</Fact>
        <Fact name={texts.purchase.subscription}>{purchase.name}</Fact>
        <Fact name={texts.purchase.plan}>{purchase.planName ?? purchase.planId}</Fact>
        <Fact name={texts.purchase.seats}>{purchase.seats === undefined ? undefined : texts.purchase.seatCount(purchase.seats)}</Fact>
        <Fact name={texts.purchase.billing}>{termText(purchase, setting)}</Fact>
        {purchase.isFreeTrial && (
          <Fact name={texts.purchase.trial}>
            <small>{texts.purchase.trialText}</small>
          </Fact>
        )}
        <TermFacts purchase={purchase} setting={setting} />
        <Fact name={texts.purchase.purchased}>{purchase.purchasedAt && <DateAndTime at={purchase.purchasedAt} setting={setting} />}</Fact>
      </dl>
    </section>
  )
}

const TestNote = ({ setting: { texts } }: Pick<Props, 'setting'>): VNode => (
  <div class="note warn">
    <strong>{texts.frame.testPurchase}</strong>
    <p class="small">{texts.frame.testPurchaseText}</p>
  </div>
)

const TermFacts = ({ purchase: { term, autoRenew }, setting }: Props): VNode | null => {
  if (!term) return null
  const { purchase: words } = setting.texts
  const start = dayText({ at: term.startDate, setting })
  return (
    <>
      <Fact name={words.term}>{term.endDate ? words.termDates(start, dayText({ at: term.endDate, setting })) : start}</Fact>
      {autoRenew !== undefined && <Fact name={words.renews}>{autoRenew ? words.renewsYes : words.renewsNo}</Fact>}
    </>
  )
}

/** A term we have no word for is shown as Microsoft wrote it. */
const termText = ({ termUnit }: PurchaseSummary, { texts }: Setting): string | undefined =>
  termUnit && (texts.purchase.termUnits[termUnit] ?? termUnit)

export const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode | null =>
  children === undefined || children === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
