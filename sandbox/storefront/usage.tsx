/** What was used of a metered plan, as Microsoft has it. */
import type { VNode } from 'preact'
import { Tag, When } from '../layout.tsx'
import type { BilledLine, RecordedUsage } from '../marketplace/metering/types.ts'
import type { Subscription } from '../marketplace/types.ts'

interface UsageView {
  readonly subscription: Subscription
  readonly billed: readonly BilledLine[]
  readonly usage: readonly RecordedUsage[]
}

const MOST_SHOWN = 50

/** Nothing for an offer that meters nothing. */
export function Usage({ subscription, billed, usage }: UsageView): VNode | null {
  const { dimensions } = subscription.offer
  if (dimensions.length === 0) return null
  const nameOf = (id: string): string => dimensions.find((dimension) => dimension.id === id)?.name ?? id
  return (
    <section class="card" aria-labelledby="usage">
      <div>
        <h2 id="usage">Usage</h2>
        <p class="muted small">What the publisher reported, on top of the base price.</p>
      </div>
      {billed.length === 0 ? <p class="muted">Nothing was reported yet.</p> : <Sums billed={billed} nameOf={nameOf} />}
      {usage.length > 0 && <Hours usage={usage} nameOf={nameOf} />}
    </section>
  )
}

const Sums = ({ billed, nameOf }: { readonly billed: readonly BilledLine[]; readonly nameOf: (id: string) => string }): VNode => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Used</th>
          <th scope="col">Plan</th>
          <th scope="col">Quantity</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {billed.map((line) => (
          <tr key={`${line.planId} ${line.dimension}`}>
            <td>{nameOf(line.dimension)}</td>
            <td>{line.planId}</td>
            <td>{line.quantity}</td>
            <td>${line.amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const Hours = ({ usage, nameOf }: { readonly usage: readonly RecordedUsage[]; readonly nameOf: (id: string) => string }): VNode => (
  <details>
    <summary>
      {usage.length === 1 ? 'One event' : `${usage.length} events`}
      {usage.length > MOST_SHOWN && `, the last ${MOST_SHOWN}`}
    </summary>
    <ul class="list">
      {usage
        .slice(-MOST_SHOWN)
        .toReversed()
        .map((event) => (
          <li key={event.usageEventId} class="event">
            <div class="spread">
              <strong>
                {event.quantity} {nameOf(event.dimension)}
              </strong>
              <Tag plain>{event.planId}</Tag>
            </div>
            <p class="muted small">
              Hour of <When at={event.hour} /> · <code>{event.usageEventId}</code>
            </p>
          </li>
        ))}
    </ul>
  </details>
)
