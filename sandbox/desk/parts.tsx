/** Small parts the desk's pages share. */
import type { ComponentChildren, VNode } from 'preact'
import { between, type Instant } from '../../src/kit/time.ts'
import type { AssetRecord, ConnectWorld, RequestRecord } from '../connect/index.ts'
import type { AssetStatus, Params, RequestStatus, TierAccount } from '../connect/records.ts'
import { Notice, page, Tag, type Tone } from '../layout.tsx'

const TABS = [
  { href: '/desk', text: 'Requests' },
  { href: '/desk/assets', text: 'Subscriptions' },
  { href: '/desk/usage', text: 'Usage' },
  { href: '/desk/products', text: 'Products' },
] as const
type Tab = (typeof TABS)[number]['text']

interface DeskPage {
  readonly title: string
  readonly tab: Tab
  readonly live?: boolean
  readonly children: ComponentChildren
}

export const deskPage = (world: ConnectWorld, { title, tab, live = false, children }: DeskPage): string =>
  page({
    title: `${title} – Vendor desk`,
    section: 'desk',
    now: world.state.clock.now(),
    live,
    children: (
      <>
        <nav class="row" aria-label="Vendor desk">
          {TABS.map(({ href, text }) => (
            <a
              key={href}
              class={`button small${text === tab ? ' primary' : ''}`}
              href={href}
              aria-current={text === tab ? 'page' : undefined}
            >
              {text}
            </a>
          ))}
        </nav>
        {children}
      </>
    ),
  })

export const problemPage = (world: ConnectWorld, message: string): string =>
  deskPage(world, {
    title: 'Not possible',
    tab: 'Requests',
    children: (
      <>
        <h1>That did not work</h1>
        <Notice tone="bad">
          <p>{message}</p>
        </Notice>
        <p>
          <a href="/desk">Back to the requests</a>
        </p>
      </>
    ),
  })

const REQUEST_TONES: Readonly<Record<RequestStatus, Tone>> = {
  new: 'neutral',
  draft: 'neutral',
  tiers_setup: 'warn',
  pending: 'info',
  inquiring: 'warn',
  scheduled: 'warn',
  revoking: 'warn',
  approved: 'good',
  failed: 'bad',
  revoked: 'bad',
}
const REQUEST_WORDS: Partial<Record<RequestStatus, string>> = {
  tiers_setup: 'Waits for the reseller',
  pending: 'Your turn',
  inquiring: 'Customer is asked',
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const RequestTag = ({ status }: { readonly status: RequestStatus }): VNode => (
  <Tag tone={REQUEST_TONES[status]}>{REQUEST_WORDS[status] ?? capital(status)}</Tag>
)

const ASSET_TONES: Readonly<Record<AssetStatus, Tone>> = {
  draft: 'neutral',
  processing: 'info',
  active: 'good',
  suspended: 'warn',
  terminating: 'warn',
  terminated: 'bad',
}
export const AssetTag = ({ status }: { readonly status: AssetStatus }): VNode => <Tag tone={ASSET_TONES[status]}>{capital(status)}</Tag>

/** "3 minutes": how long ago in the largest unit that fits. */
export function age(since: Instant, now: Instant): string {
  const minutes = Math.floor(between(since, now) / 60_000)
  if (minutes < 1) return 'just now'
  const [n, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 2880 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day']
  return `${n} ${unit}${n === 1 ? '' : 's'} ago`
}

export const assetOfRequest = (world: ConnectWorld, request: RequestRecord): AssetRecord => world.asset(request.assetId)
export const customerOf = (world: ConnectWorld, asset: AssetRecord): TierAccount | undefined =>
  world.state.tierAccounts.get(asset.tiers.customer)
export const productName = (world: ConnectWorld, productId: string): string => world.product(productId).seed.name

/** "5 × Notes seat", "unlimited Storage". */
export const holds = (quantity: number, name: string): string => (quantity === -1 ? `unlimited ${name}` : `${quantity} × ${name}`)

/** A quantity as people say it. */
export const spoken = (quantity: number): string => (quantity === -1 ? 'unlimited' : String(quantity))

/** The values given for an asset, each beside its title; secrets only as dots. */
export function Values({
  world,
  productId,
  params,
}: {
  readonly world: ConnectWorld
  readonly productId: string
  readonly params: Params
}): VNode {
  const given = world.product(productId).parameters.filter((definition) => {
    const entry = params.get(definition.name)
    return entry && (entry.value !== '' || entry.structured !== undefined || entry.valueError)
  })
  if (given.length === 0) return <p class="muted">The customer has given no values.</p>
  return (
    <dl class="facts">
      {given.map(({ name, title, type }) => {
        const entry = params.get(name)
        return (
          <>
            <dt>{title}</dt>
            <dd>
              {type === 'password' ? (
                '••••••••'
              ) : entry?.structured !== undefined ? (
                <code>{JSON.stringify(entry.structured)}</code>
              ) : (
                entry?.value
              )}
              {entry?.valueError && <p class="hint">{entry.valueError}</p>}
            </dd>
          </>
        )
      })}
    </dl>
  )
}
