/** What the buyer may do with a subscription now. */
import type { VNode } from 'preact'
import { PostButton } from '../layout.tsx'
import { availablePlans } from '../marketplace/rules.ts'
import type { Operation, Subscription } from '../marketplace/types.ts'

interface ActionsView {
  readonly subscription: Subscription
  readonly pending: Operation | undefined
}

export function Actions({ subscription, pending }: ActionsView): VNode | null {
  const { status } = subscription
  if (status === 'Unsubscribed') return null
  return (
    <section class="card" aria-labelledby="actions">
      <h2 id="actions">Change</h2>
      {status === 'Subscribed' && !pending && <Changes subscription={subscription} />}
      {status === 'Subscribed' && (
        <div class="row">
          <Act subscription={subscription} verb="renew" text="Renew now" />
          <Act subscription={subscription} verb="suspend" text="Let the payment fail" />
        </div>
      )}
      {status === 'Suspended' && (
        <div>
          <Act subscription={subscription} verb="reinstate" text="Pay and reinstate" primary />
        </div>
      )}
      <AutoRenewal subscription={subscription} />
      <div>
        <Act subscription={subscription} verb="cancel" text="Cancel the subscription" danger />
      </div>
    </section>
  )
}

const Changes = ({ subscription }: { readonly subscription: Subscription }): VNode => (
  <>
    <ChangePlan subscription={subscription} />
    {subscription.quantity !== undefined && <ChangeSeats subscription={subscription} quantity={subscription.quantity} />}
  </>
)

function ChangePlan({ subscription }: { readonly subscription: Subscription }): VNode | null {
  const others = availablePlans(subscription).filter(({ planId }) => planId !== subscription.planId)
  if (others.length === 0) return null
  return (
    <form method="post" action={actionOf(subscription, 'plan')}>
      <label for="planId">Plan</label>
      <div class="inline">
        <select id="planId" name="planId">
          {others.map((plan) => (
            <option key={plan.planId} value={plan.planId}>
              {plan.name}
            </option>
          ))}
        </select>
        <button class="button" type="submit">
          Change plan
        </button>
      </div>
    </form>
  )
}

const ChangeSeats = ({ subscription, quantity }: { readonly subscription: Subscription; readonly quantity: number }): VNode => (
  <form method="post" action={actionOf(subscription, 'quantity')}>
    <label for="quantity">Seats</label>
    <div class="inline">
      <input id="quantity" name="quantity" type="number" inputMode="numeric" min={1} required value={quantity} />
      <button class="button" type="submit">
        Change seats
      </button>
    </div>
  </form>
)

const AutoRenewal = ({ subscription }: { readonly subscription: Subscription }): VNode => (
  <PostButton action={actionOf(subscription, 'renewal')} kind="small" fields={{ autoRenew: subscription.autoRenew ? 'no' : 'yes' }}>
    {subscription.autoRenew ? 'Switch automatic renewal off' : 'Switch automatic renewal on'}
  </PostButton>
)

const Act = (props: {
  readonly subscription: Subscription
  readonly verb: string
  readonly text: string
  readonly primary?: boolean
  readonly danger?: boolean
}): VNode => (
  <PostButton action={actionOf(props.subscription, props.verb)} kind={props.danger ? 'danger small' : props.primary ? 'primary' : 'small'}>
    {props.text}
  </PostButton>
)

const actionOf = ({ id }: Subscription, verb: string): string => `/store/subscriptions/${id}/${verb}`
