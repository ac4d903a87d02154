/** One reseller's set-up request. */
import type { VNode } from 'preact'
import type { ConnectWorld } from '../connect/index.ts'
import { notFound } from '../connect/refusal.ts'
import { configOfRequest } from '../connect/tiers/configs.ts'
import { Facts, Notice, Tag, When } from '../layout.tsx'
import { Folded } from './decisions.tsx'
import { deskPage, productName, Values } from './parts.tsx'

export function tierPage(world: ConnectWorld, id: string): string {
  const request = world.state.tierConfigRequests.get(id)
  if (!request) throw notFound(id)
  const config = configOfRequest(world.state, request)
  const account = world.state.tierAccounts.get(config.accountId)
  return deskPage(world, {
    title: 'Reseller set-up',
    tab: 'Requests',
    children: (
      <>
        <div class="head">
          <p class="crumb">
            <a href="/desk">Requests</a>
          </p>
          <div class="row">
            <h1>Set up {account?.name}</h1>
            <Tag tone={request.status === 'approved' ? 'good' : request.status === 'failed' ? 'bad' : 'info'}>{request.status}</Tag>
          </div>
          <p class="mono muted">{request.id}</p>
        </div>
        {request.reason && <Notice tone="bad">{request.reason}</Notice>}
        <div class="two">
          <section class="card" aria-labelledby="about">
            <h2 id="about">About</h2>
            <Facts
              of={[
                ['Product', productName(world, config.productId)],
                ['Reseller', account?.name],
                ['Connection', config.environment],
                ['Asked on', <When key="at" at={request.created} />],
              ]}
            />
            <Values world={world} productId={config.productId} params={request.params} />
          </section>
          {request.status === 'pending' && <Decide id={request.id} />}
          {request.status === 'inquiring' && <Answer id={request.id} />}
        </div>
      </>
    ),
  })
}

const Decide = ({ id }: { readonly id: string }): VNode => (
  <section class="card" aria-labelledby="decide">
    <h2 id="decide">Decide</h2>
    <p>Orders through this reseller wait for it, and go on or fail with it.</p>
    <form method="post" action={`/desk/tiers/${id}/approve`}>
      <button class="button primary wide" type="submit">
        Approve
      </button>
    </form>
    <form method="post" action={`/desk/tiers/${id}/inquire`}>
      <button class="button wide" type="submit">
        Ask the distributor
      </button>
    </form>
    <Folded summary="Fail the set-up" action={`/desk/tiers/${id}/fail`} button="Fail for good" danger>
      <div>
        <label for="reason">Why?</label>
        <textarea id="reason" name="reason" required />
      </div>
    </Folded>
  </section>
)

const Answer = ({ id }: { readonly id: string }): VNode => (
  <section class="card" aria-labelledby="answer">
    <h2 id="answer">Asked</h2>
    <p>The distributor has to answer. Orders through this reseller wait meanwhile.</p>
    <form method="post" action={`/desk/tiers/${id}/answer`}>
      <button class="button primary wide" type="submit">
        Answer as the distributor
      </button>
    </form>
  </section>
)
