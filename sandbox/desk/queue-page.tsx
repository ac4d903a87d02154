/** The queue: what waits for the vendor, then everything else. */
import type { VNode } from 'preact'
import type { ConnectWorld, RequestRecord } from '../connect/index.ts'
import { OPEN_STATUSES } from '../connect/records.ts'
import { configOfRequest } from '../connect/tiers/configs.ts'
import { PostButton, Tag } from '../layout.tsx'
import { age, assetOfRequest, capital, customerOf, deskPage, holds, productName, RequestTag, spoken } from './parts.tsx'

export function queuePage(world: ConnectWorld, show: string | undefined): string {
  const all = world.requests().filter((request) => request.status !== 'draft')
  const open = all.filter((request) => OPEN_STATUSES.has(request.status))
  const shown = (show === 'all' ? all : open).toReversed()
  return deskPage(world, {
    title: 'Requests',
    tab: 'Requests',
    live: true,
    children: (
      <>
        <div class="head">
          <h1>Requests</h1>
          <p class="lead">Larkspur Software decides here what becomes of the orders that come in through Connect.</p>
        </div>
        <TierSetups world={world} />
        <section class="card" aria-labelledby="queue">
          <div class="spread">
            <h2 id="queue">{show === 'all' ? 'All requests' : 'Open requests'}</h2>
            <a href={show === 'all' ? '/desk' : '/desk?show=all'}>
              {show === 'all' ? `Only the ${open.length} open` : `Show all ${all.length}`}
            </a>
          </div>
          {shown.length === 0 ? <Empty some={all.length > 0} /> : <Rows world={world} requests={shown} />}
        </section>
      </>
    ),
  })
}

const Empty = ({ some }: { readonly some: boolean }): VNode => (
  <div class="empty">
    <p>{some ? 'Nothing waits for you.' : 'No orders yet. Buy something in the shop and finish the order: it appears here.'}</p>
    <a class="button" href="/">
      To the shop
    </a>
  </div>
)

const Rows = ({ world, requests }: { readonly world: ConnectWorld; readonly requests: readonly RequestRecord[] }): VNode => (
  <ul class="list">
    {requests.map((request) => (
      <Row key={request.id} world={world} request={request} />
    ))}
  </ul>
)

function Row({ world, request }: { readonly world: ConnectWorld; readonly request: RequestRecord }): VNode {
  const asset = assetOfRequest(world, request)
  const items = request.items.filter((line) => line.quantity !== 0 || line.oldQuantity !== 0)
  const nameOf = (itemId: string): string => world.product(asset.productId).seed.items.find((item) => item.id === itemId)?.name ?? itemId
  return (
    <li class="desk-row">
      <div class="tight">
        <p class="row">
          <a href={`/desk/requests/${request.id}`}>
            <strong>
              {capital(request.type)} · {productName(world, asset.productId)}
            </strong>
          </a>
          <RequestTag status={request.status} />
          {asset.environment === 'test' && <Tag plain>Test</Tag>}
        </p>
        <p>
          {customerOf(world, asset)?.name}: {items.map((line) => change(line.oldQuantity, line.quantity, nameOf(line.itemId))).join(', ')}
        </p>
        <p class="muted small">
          <span class="mono">{request.id}</span> · {age(request.created, world.state.clock.now())}
        </p>
      </div>
      <div class="row">
        {request.status === 'pending' && (
          <PostButton action={`/desk/requests/${request.id}/approve`} kind="primary">
            Approve
          </PostButton>
        )}
        {request.status === 'revoking' && (
          <PostButton action={`/desk/requests/${request.id}/confirm`} kind="primary">
            Confirm
          </PostButton>
        )}
        <a class="button" href={`/desk/requests/${request.id}`}>
          Open<span class="skip"> {request.id}</span>
        </a>
      </div>
    </li>
  )
}

const change = (before: number, after: number, name: string): string =>
  before === after || before === 0 ? holds(after, name) : `${name} ${spoken(before)} → ${spoken(after)}`

/** Resellers that wait for their set-up: purchases behind them stand still. */
function TierSetups({ world }: { readonly world: ConnectWorld }): VNode | null {
  const open = [...world.tierConfigRequests('pending'), ...world.tierConfigRequests('inquiring')]
  if (open.length === 0) return null
  return (
    <section class="card" aria-labelledby="tiers">
      <h2 id="tiers">Resellers to set up</h2>
      <ul class="list">
        {open.map((request) => {
          const config = configOfRequest(world.state, request)
          return (
            <li key={request.id} class="desk-row">
              <div class="tight">
                <p class="row">
                  <a href={`/desk/tiers/${request.id}`}>
                    <strong>
                      {world.state.tierAccounts.get(config.accountId)?.name} · {productName(world, config.productId)}
                    </strong>
                  </a>
                  <Tag tone={request.status === 'pending' ? 'info' : 'warn'}>
                    {request.status === 'pending' ? 'Your turn' : 'Reseller is asked'}
                  </Tag>
                  {config.environment === 'test' && <Tag plain>Test</Tag>}
                </p>
                <p class="muted small">
                  <span class="mono">{request.id}</span> · the first orders through this reseller wait for it
                </p>
              </div>
              {request.status === 'pending' && (
                <PostButton action={`/desk/tiers/${request.id}/approve`} kind="primary">
                  Approve
                </PostButton>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
