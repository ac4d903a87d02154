/** What has happened, and the calls Microsoft made to the publisher about it. */
import type { VNode } from 'preact'
import { Tag, type Tone, When } from '../layout.tsx'
import type { Delivery, Offer, Operation, OperationStatus } from '../marketplace/types.ts'
import { deliveryWord, operationText } from './words.ts'

interface HistoryView {
  readonly operations: readonly Operation[]
  readonly deliveries: readonly Delivery[]
  readonly offer: Offer
}

const tones: Readonly<Record<OperationStatus, Tone>> = { InProgress: 'info', Succeeded: 'good', Failed: 'bad', Conflict: 'warn' }

export const History = ({ operations, deliveries, offer }: HistoryView): VNode => (
  <section class="card" aria-labelledby="history">
    <div>
      <h2 id="history">Events and webhook calls</h2>
      <p class="muted small">What the publisher was told, newest first.</p>
    </div>
    {operations.length === 0 ? (
      <p class="muted">Nothing yet. The publisher is not told of a purchase; it learns when you configure the account.</p>
    ) : (
      <ul class="list">
        {operations.toReversed().map((operation) => (
          <li key={operation.id} class="event">
            <div class="spread">
              <strong>{operationText(operation, offer)}</strong>
              <Tag tone={tones[operation.status]}>{operation.status}</Tag>
            </div>
            <p class="muted small">
              <When at={operation.created} /> · started by {operation.source === 'Azure' ? 'the buyer or Microsoft' : 'the publisher'}
              {operation.answer && ` · publisher answered ${operation.answer}`}
            </p>
            {deliveries
              .filter(({ operationId }) => operationId === operation.id)
              .map((delivery) => (
                <Call key={delivery.id} delivery={delivery} />
              ))}
          </li>
        ))}
      </ul>
    )}
  </section>
)

function Call({ delivery }: { readonly delivery: Delivery }): VNode {
  const { tone, text } = deliveryWord(delivery)
  const last = delivery.attempts.at(-1)
  return (
    <details>
      <summary>
        <span class="row inset">
          <code>{delivery.action}</code>
          <Tag tone={tone}>{text}</Tag>
          {last && <span class="muted small">{last.outcome}</span>}
          {delivery.attempts.length > 1 && <span class="muted small">{delivery.attempts.length} tries</span>}
        </span>
      </summary>
      <div class="stack">
        <p class="small">
          POST <code>{delivery.url}</code>
        </p>
        {delivery.attempts.length > 0 && <Attempts delivery={delivery} />}
        <pre class="body">{JSON.stringify(delivery.body, undefined, 2)}</pre>
      </div>
    </details>
  )
}

const Attempts = ({ delivery }: { readonly delivery: Delivery }): VNode => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Answer</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {delivery.attempts.slice(-10).map((attempt) => (
          <tr key={attempt.at.getTime()}>
            <td>
              <When at={attempt.at} />
            </td>
            <td>{attempt.outcome}</td>
            <td>{attempt.took} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
