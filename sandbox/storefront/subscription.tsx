/** One subscription as its buyer sees it at Microsoft: configure, manage, change, pay or not, cancel. */
import type { VNode } from 'preact'
import type { Instant } from '../../src/kit/time.ts'
import { Facts, Notice, page, When } from '../layout.tsx'
import type { BilledLine, RecordedUsage } from '../marketplace/metering/types.ts'
import type { Delivery, Operation, Subscription } from '../marketplace/types.ts'
import { Actions } from './actions.tsx'
import { ClockPanel } from './clock-panel.tsx'
import { History } from './history.tsx'
import { Status } from './subscriptions.tsx'
import { Usage } from './usage.tsx'
import { operationText, planName, termText } from './words.ts'

export interface SubscriptionView {
  readonly subscription: Subscription
  readonly pending: Operation | undefined
  readonly operations: readonly Operation[]
  readonly deliveries: readonly Delivery[]
  readonly billed: readonly BilledLine[]
  readonly usage: readonly RecordedUsage[]
  readonly now: Instant
  /** Where "Configure account" leads. */
  readonly bridgeUrl: string
  /** Why the last action was not taken. */
  readonly problem?: string
}

export const subscriptionPage = (view: SubscriptionView): string =>
  page({
    title: `${view.subscription.name} · Sandbox Marketplace`,
    section: 'subscriptions',
    now: view.now,
    live: view.problem === undefined,
    children: <Detail {...view} />,
  })

const Detail = (view: SubscriptionView): VNode => (
  <>
    <div class="head">
      <p class="crumb">
        <a href="/store/subscriptions">My subscriptions</a>
      </p>
      <div class="spread">
        <h1>{view.subscription.name}</h1>
        <Status subscription={view.subscription} />
      </div>
    </div>
    {view.problem && (
      <Notice tone="bad">
        <p>{view.problem}</p>
      </Notice>
    )}
    <Situation {...view} />
    <div class="two">
      <div class="stack">
        <About subscription={view.subscription} />
        <Usage {...view} />
        <History operations={view.operations} deliveries={view.deliveries} offer={view.subscription.offer} />
      </div>
      <div class="stack">
        <Actions subscription={view.subscription} pending={view.pending} />
        <ClockPanel back={`/store/subscriptions/${view.subscription.id}`} />
      </div>
    </div>
  </>
)

/** What the buyer should know or do now. */
function Situation({ subscription, pending, bridgeUrl }: SubscriptionView): VNode {
  if (pending) return <PendingChange operation={pending} subscription={subscription} />
  switch (subscription.status) {
    case 'PendingFulfillmentStart':
      return subscription.activating ? <Activating /> : <Configure subscription={subscription} bridgeUrl={bridgeUrl} />
    case 'Subscribed':
      return <Account subscription={subscription} />
    case 'Suspended':
      return (
        <Notice tone="bad">
          <p>A payment failed. Without a payment within 30 days the subscription ends.</p>
        </Notice>
      )
    case 'Unsubscribed':
      return (
        <Notice tone="neutral">
          <p>
            This subscription has ended for good. To come back, <a href="/">buy again</a>.
          </p>
        </Notice>
      )
  }
}

const Configure = ({ subscription, bridgeUrl }: { readonly subscription: Subscription; readonly bridgeUrl: string }): VNode => (
  <div class="hero">
    <h2>Thank you. One step is left.</h2>
    <p>
      {subscription.offer.name} is bought and waits to be set up on the publisher’s own page. Nothing is billed until the publisher
      activates it; left alone it lapses after 30 days.
    </p>
    <div class="row">
      <a class="button primary" href={accountLink(subscription)}>
        Configure account
      </a>
      <span class="muted small">opens {new URL(bridgeUrl).host}</span>
    </div>
  </div>
)

const Activating = (): VNode => (
  <Notice>
    <p>The publisher has asked for activation. It takes a moment to take effect.</p>
  </Notice>
)

const Account = ({ subscription }: { readonly subscription: Subscription }): VNode => (
  <div class="row">
    <a class="button primary" href={accountLink(subscription)}>
      Manage account
    </a>
    <span class="muted small">on the publisher’s pages</span>
  </div>
)

const PendingChange = ({ operation, subscription }: { readonly operation: Operation; readonly subscription: Subscription }): VNode => (
  <Notice>
    <p>
      <strong>{operationText(operation, subscription.offer)}</strong> is under way.{' '}
      {operation.source === 'Azure' && operation.action !== 'Reinstate' && 'The publisher has 10 seconds to refuse; silence means yes.'}
    </p>
  </Notice>
)

/** Makes a fresh token and goes to the landing page with it. */
const accountLink = ({ id }: Subscription): string => `/store/subscriptions/${id}/account`

const About = ({ subscription }: { readonly subscription: Subscription }): VNode => (
  <section class="card" aria-labelledby="about">
    <h2 id="about">Subscription</h2>
    <Facts
      of={[
        ['Offer', subscription.preview ? `${subscription.offer.name} (preview)` : subscription.offer.name],
        ['Plan', planName(subscription)],
        ...(subscription.quantity === undefined ? [] : [['Seats', String(subscription.quantity)] as const]),
        ['Billing term', termText(subscription)],
        ['Present term', subscription.term ? <TermDates term={subscription.term} /> : 'Begins with activation'],
        ['At its end', subscription.autoRenew ? 'Renews by itself' : 'Ends'],
        ['Used by', subscription.beneficiary.emailId || 'No address given'],
        ['Bought by', subscription.purchaser.emailId || 'No address given'],
        ['Bought', <When key="created" at={subscription.created} />],
        ['Id', <code key="id">{subscription.id}</code>],
      ]}
    />
  </section>
)

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })

const TermDates = ({ term }: { readonly term: NonNullable<Subscription['term']> }): VNode => (
  <>
    {day.format(term.startDate.getTime())} to {day.format(term.endDate.getTime())}
  </>
)
