/** What the vendor can do about a pending request: one form per decision, the everyday one open. */
import type { ComponentChildren, VNode } from 'preact'
import { days, plus } from '../../src/kit/time.ts'
import { isAsked } from '../connect/catalogue/definitions.ts'
import type { ConnectWorld, RequestRecord } from '../connect/index.ts'
import { assetOfRequest } from './parts.tsx'

interface Part {
  readonly world: ConnectWorld
  readonly request: RequestRecord
}

export const Decisions = (part: Part): VNode => (
  <section class="card" aria-labelledby="decide">
    <h2 id="decide">Decide</h2>
    <Approve {...part} />
    <Ask {...part} />
    <Schedule {...part} />
    <Folded summary="Fail the request" action={`/desk/requests/${part.request.id}/fail`} button="Fail for good" danger>
      <div>
        <label for="reason">Why? The distributor reads it.</label>
        <textarea id="reason" name="reason" required />
      </div>
    </Folded>
  </section>
)

/** A decision behind its name, so that nobody takes it by accident. */
export const Folded = (props: {
  readonly summary: string
  readonly action: string
  readonly button: string
  readonly danger?: boolean
  readonly children: ComponentChildren
}): VNode => (
  <details>
    <summary>{props.summary}</summary>
    <form method="post" action={props.action} class="stack">
      {props.children}
      <button class={`button wide${props.danger ? ' danger' : ''}`} type="submit">
        {props.button}
      </button>
    </form>
  </details>
)

function Approve({ world, request }: Part): VNode {
  const { templates } = world.product(assetOfRequest(world, request).productId)
  return (
    <form method="post" action={`/desk/requests/${request.id}/approve`} class="tight">
      <label for="template">Text for the customer</label>
      <select id="template" name="template">
        {templates
          .filter((template) => template.type === 'fulfillment' && template.scope === 'asset')
          .map((template) => (
            <option key={template.id} value={template.id}>
              {template.title}
            </option>
          ))}
      </select>
      <button class="button primary wide" type="submit">
        Approve
      </button>
    </form>
  )
}

function Ask({ world, request }: Part): VNode {
  const asked = world
    .product(assetOfRequest(world, request).productId)
    .parameters.filter((definition) => definition.scope === 'asset' && definition.phase === 'ordering' && isAsked(definition))
  return (
    <Folded summary="Ask the customer" action={`/desk/requests/${request.id}/inquire`} button="Ask">
      <div>
        <label for="message">What is missing?</label>
        <textarea id="message" name="message" placeholder="Please tell us …" />
      </div>
      {asked.length > 0 && (
        <div>
          <label for="parameter">About which value?</label>
          <select id="parameter" name="parameter">
            <option value="">None in particular</option>
            {asked.map((definition) => (
              <option key={definition.name} value={definition.name}>
                {definition.title}
              </option>
            ))}
          </select>
        </div>
      )}
    </Folded>
  )
}

const Schedule = ({ world, request }: Part): VNode => (
  <Folded summary="Do it later" action={`/desk/requests/${request.id}/schedule`} button="Schedule">
    <div>
      <label for="date">On which day?</label>
      <input id="date" name="date" type="date" required value={plus(world.state.clock.now(), days(1)).toISOString().slice(0, 10)} />
    </div>
  </Folded>
)
