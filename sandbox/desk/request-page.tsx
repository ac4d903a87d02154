/** One request: what is ordered, by whom, and what the vendor can do about it. */
import type { VNode } from 'preact'
import type { AssetRecord, ConnectWorld, RequestRecord } from '../connect/index.ts'
import { at } from '../connect/json.ts'
import { formUrl } from '../connect/requests/form-url.ts'
import { Facts, Notice, PostButton, When } from '../layout.tsx'
import { Decisions } from './decisions.tsx'
import { AssetTag, assetOfRequest, capital, customerOf, deskPage, productName, RequestTag, spoken, Values } from './parts.tsx'

export function requestPage(world: ConnectWorld, request: RequestRecord): string {
  const asset = assetOfRequest(world, request)
  const title = `${capital(request.type)} · ${productName(world, asset.productId)}`
  return deskPage(world, {
    title,
    tab: 'Requests',
    children: (
      <>
        <div class="head">
          <p class="crumb">
            <a href="/desk">Requests</a>
          </p>
          <div class="row">
            <h1>{title}</h1>
            <RequestTag status={request.status} />
          </div>
          <p class="mono muted">{request.id}</p>
        </div>
        <State world={world} request={request} />
        <div class="two">
          <div class="stack">
            <Order world={world} request={request} asset={asset} />
            <section class="card" aria-labelledby="values">
              <h2 id="values">Values</h2>
              <Values world={world} productId={asset.productId} params={request.params} />
            </section>
          </div>
          <div class="stack">
            <Customer world={world} asset={asset} />
            {request.status === 'pending' && <Decisions world={world} request={request} />}
          </div>
        </div>
      </>
    ),
  })
}

/** One sentence on where the request stands. */
function State({ world, request }: { readonly world: ConnectWorld; readonly request: RequestRecord }): VNode | null {
  switch (request.status) {
    case 'inquiring':
      return (
        <Notice tone="warn">
          <p>The customer is asked: {request.message}</p>
          <p>
            <a href={formUrl(world.state, request) ?? '/desk'}>Open the customer's form</a>
          </p>
        </Notice>
      )
    case 'scheduled':
      return <Notice tone="warn">Comes back on {request.plannedDate && <When at={request.plannedDate} />}.</Notice>
    case 'revoking':
      return (
        <Notice tone="warn">
          <p>The distributor wants it back: {request.reason}</p>
          <PostButton action={`/desk/requests/${request.id}/confirm`} kind="primary">
            Confirm the revocation
          </PostButton>
        </Notice>
      )
    case 'tiers_setup':
      return <Notice tone="warn">Waits until the reseller is set up.</Notice>
    case 'failed':
    case 'revoked':
      return <Notice tone="bad">{request.reason}</Notice>
    case 'approved':
      return <Notice tone="good">Approved on {request.effectiveDate && <When at={request.effectiveDate} />}.</Notice>
    default:
      return null
  }
}

interface Part {
  readonly world: ConnectWorld
  readonly request: RequestRecord
  readonly asset: AssetRecord
}

function Order({ world, request, asset }: Part): VNode {
  const { items } = world.product(asset.productId).seed
  const lines = request.items.filter((line) => line.quantity !== 0 || line.oldQuantity !== 0)
  return (
    <section class="card" aria-labelledby="order">
      <h2 id="order">Order</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Before</th>
              <th scope="col">Ordered</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const item = items.find((each) => each.id === line.itemId)
              return (
                <tr key={line.itemId}>
                  <td>
                    {item?.name} <span class="mono muted small">{item?.mpn}</span>
                  </td>
                  <td>{spoken(line.oldQuantity)}</td>
                  <td>
                    <strong>{spoken(line.quantity)}</strong> {item?.unit}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <Facts
        of={[
          ['Ordered on', <When key="at" at={request.created} />],
          ['Connection', asset.environment],
          ...(request.note ? ([['Note', request.note]] as const) : []),
        ]}
      />
    </section>
  )
}

function Customer({ world, asset }: { readonly world: ConnectWorld; readonly asset: AssetRecord }): VNode {
  const account = customerOf(world, asset)
  const contact = (path: string): string => String(at(account?.contactInfo, path) ?? '')
  return (
    <section class="card" aria-labelledby="customer">
      <h2 id="customer">Customer</h2>
      <Facts
        of={[
          ['Company', account?.name],
          ['Contact', `${contact('contact.first_name')} ${contact('contact.last_name')}`],
          ['E-mail', contact('contact.email')],
          ['Address', `${contact('address_line1')}, ${contact('postal_code')} ${contact('city')}, ${contact('country')}`],
          [
            'Subscription',
            <>
              <a href={`/desk/assets/${asset.id}`} class="mono">
                {asset.id}
              </a>{' '}
              <AssetTag status={asset.status} />
            </>,
          ],
        ]}
      />
    </section>
  )
}
