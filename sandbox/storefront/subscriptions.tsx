/** Everything that was bought. */
import type { VNode } from 'preact'
import type { Instant } from '../../src/kit/time.ts'
import { page, Tag, When } from '../layout.tsx'
import type { Subscription } from '../marketplace/types.ts'
import { ClockPanel } from './clock-panel.tsx'
import { OfferMark } from './shop.tsx'
import { planName, statusWord } from './words.ts'

export const subscriptionsPage = (subscriptions: readonly Subscription[], now: Instant): string =>
  page({
    title: 'My subscriptions · Sandbox Marketplace',
    section: 'subscriptions',
    now,
    live: true,
    children: (
      <>
        <div class="head">
          <h1>My subscriptions</h1>
          <p class="lead">What all the invented buyers have bought, newest first.</p>
        </div>
        {subscriptions.length === 0 ? <Nothing /> : <List subscriptions={subscriptions.toReversed()} />}
        <ClockPanel back="/store/subscriptions" />
      </>
    ),
  })

const Nothing = (): VNode => (
  <div class="card empty">
    <p>Nothing has been bought yet.</p>
    <a class="button primary" href="/">
      Go to the shop
    </a>
  </div>
)

const List = ({ subscriptions }: { readonly subscriptions: readonly Subscription[] }): VNode => (
  <ul class="list card flush">
    {subscriptions.map((subscription) => (
      <li key={subscription.id}>
        <a class="entry" href={`/store/subscriptions/${subscription.id}`}>
          <OfferMark offer={subscription.offer} />
          <span class="grow">
            <strong>{subscription.name}</strong>
            <span class="muted small">
              {planName(subscription)}
              {subscription.quantity !== undefined && `, ${subscription.quantity} seats`}
              {' · bought '}
              <When at={subscription.created} />
            </span>
          </span>
          <Status subscription={subscription} />
        </a>
      </li>
    ))}
  </ul>
)

export function Status({ subscription }: { readonly subscription: Subscription }): VNode {
  const { tone, text } = statusWord(subscription)
  return <Tag tone={tone}>{text}</Tag>
}
