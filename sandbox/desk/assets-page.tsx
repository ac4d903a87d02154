/** Subscriptions as Connect holds them. */
import type { VNode } from 'preact'
import type { AssetRecord, ConnectWorld, RequestRecord } from '../connect/index.ts'
import { renderAsset } from '../connect/requests/render.ts'
import { Facts, Tag, When } from '../layout.tsx'
import { AssetTag, capital, customerOf, deskPage, holds, productName, RequestTag, Values } from './parts.tsx'

export function assetsPage(world: ConnectWorld): string {
  const assets = world
    .assets()
    .filter((asset) => asset.status !== 'draft')
    .toReversed()
  return deskPage(world, {
    title: 'Subscriptions',
    tab: 'Subscriptions',
    live: true,
    children: (
      <>
        <div class="head">
          <h1>Subscriptions</h1>
          <p class="lead">Everybody who has bought something, with what they hold now.</p>
        </div>
        <section class="card" aria-label="Subscriptions">
          {assets.length === 0 ? (
            <p class="empty">None yet.</p>
          ) : (
            <ul class="list">
              {assets.map((asset) => (
                <Row key={asset.id} world={world} asset={asset} />
              ))}
            </ul>
          )}
        </section>
      </>
    ),
  })
}

const Row = ({ world, asset }: { readonly world: ConnectWorld; readonly asset: AssetRecord }): VNode => (
  <li class="desk-row">
    <div class="tight">
      <p class="row">
        <a href={`/desk/assets/${asset.id}`}>
          <strong>{productName(world, asset.productId)}</strong>
        </a>
        <AssetTag status={asset.status} />
        {asset.environment === 'test' && <Tag plain>Test</Tag>}
      </p>
      <p>
        {customerOf(world, asset)?.name}: {holding(world, asset)}
      </p>
      <p class="muted small mono">{asset.id}</p>
    </div>
  </li>
)

const holding = (world: ConnectWorld, asset: AssetRecord): string =>
  world
    .product(asset.productId)
    .seed.items.filter((item) => (asset.quantities.get(item.id) ?? 0) !== 0)
    .map((item) => holds(asset.quantities.get(item.id) ?? 0, item.name))
    .join(', ')

export function assetPage(world: ConnectWorld, asset: AssetRecord): string {
  const requests = world.requests({ assetId: asset.id }).toReversed()
  return deskPage(world, {
    title: productName(world, asset.productId),
    tab: 'Subscriptions',
    children: (
      <>
        <div class="head">
          <p class="crumb">
            <a href="/desk/assets">Subscriptions</a>
          </p>
          <div class="row">
            <h1>{productName(world, asset.productId)}</h1>
            <AssetTag status={asset.status} />
          </div>
          <p class="mono muted">{asset.id}</p>
        </div>
        <div class="two">
          <div class="stack">
            <section class="card" aria-labelledby="facts">
              <h2 id="facts">Facts</h2>
              <Facts
                of={[
                  ['Customer', customerOf(world, asset)?.name],
                  ['Holds', holding(world, asset) || 'nothing'],
                  ['Known to the shop as', <code key="uid">{asset.externalUid}</code>],
                  ['Connection', asset.environment],
                  ['Since', <When key="at" at={asset.created} />],
                ]}
              />
              <Values world={world} productId={asset.productId} params={asset.params} />
            </section>
            <section class="card" aria-labelledby="text">
              <h2 id="text">What the customer reads</h2>
              <pre class="scroll small">{renderAsset(world.state, asset)}</pre>
            </section>
          </div>
          <History requests={requests} />
        </div>
      </>
    ),
  })
}

const History = ({ requests }: { readonly requests: readonly RequestRecord[] }): VNode => (
  <section class="card" aria-labelledby="history">
    <h2 id="history">Requests</h2>
    <ul class="list">
      {requests.map((request) => (
        <li key={request.id} class="desk-row">
          <div class="tight">
            <p class="row">
              <a href={`/desk/requests/${request.id}`}>{capital(request.type)}</a>
              <RequestTag status={request.status} />
            </p>
            <p class="muted small">
              <When at={request.created} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  </section>
)
