/** Usage as the vendor reports it: a form for one record, and the files made so far. */
import type { VNode } from 'preact'
import { hours, type Instant, instant } from '../../src/kit/time.ts'
import type { ConnectWorld, UsageFileRecord } from '../connect/index.ts'
import { invalid } from '../connect/refusal.ts'
import { field } from '../connect/routes/forms.ts'
import type { UsageFileStatus } from '../connect/usage/types.ts'
import { Notice, Tag, type Tone, When } from '../layout.tsx'
import { capital, customerOf, deskPage, productName } from './parts.tsx'

const TONES: Partial<Record<UsageFileStatus, Tone>> = { pending: 'info', accepted: 'good', closed: 'good', invalid: 'bad', rejected: 'bad' }

export const usagePage = (world: ConnectWorld): string =>
  deskPage(world, {
    title: 'Usage',
    tab: 'Usage',
    children: (
      <>
        <div class="head">
          <h1>Usage</h1>
          <p class="lead">What customers have used of what is paid by use.</p>
        </div>
        <div class="two">
          <Files world={world} />
          <Report world={world} />
        </div>
      </>
    ),
  })

function Report({ world }: { readonly world: ConnectWorld }): VNode {
  const choices = choicesOf(world)
  return (
    <section class="card" aria-labelledby="report">
      <h2 id="report">Report usage</h2>
      {choices.length === 0 ? (
        <p class="muted">No active subscription is paid by use.</p>
      ) : (
        <form method="post" action="/desk/usage" class="stack">
          <div>
            <label for="what">What was used</label>
            <select id="what" name="what">
              {choices.map(({ value, text }) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label for="quantity">Quantity</label>
            <input id="quantity" name="quantity" inputMode="decimal" required />
          </div>
          <div>
            <label for="hour">In the hour that began at (UTC)</label>
            <input id="hour" name="hour" type="datetime-local" step={3600} value={lastHour(world.state.clock.now())} required />
          </div>
          <button class="button primary wide" type="submit">
            Report to the distributor
          </button>
        </form>
      )}
    </section>
  )
}

const choicesOf = (world: ConnectWorld): readonly { readonly value: string; readonly text: string }[] =>
  world
    .assets()
    .filter(({ status }) => status === 'active' || status === 'suspended')
    .flatMap((asset) =>
      world
        .product(asset.productId)
        .seed.items.filter((item) => item.type === 'PPU' && (asset.quantities.get(item.id) ?? 0) !== 0)
        .map((item) => ({ value: `${asset.id} ${item.mpn}`, text: `${customerOf(world, asset)?.name}: ${item.name} (${item.unit})` })),
    )

/** As the field wants it: `2026-03-30T14:00`. */
const lastHour = (now: Instant): string =>
  instant(Math.floor(now.getTime() / hours(1) - 1) * hours(1))
    .toISOString()
    .slice(0, 16)

/** Makes a file of the one record and submits it. @throws Refusal 400 when the form is incomplete. */
export function reportFromForm(world: ConnectWorld, body: unknown): void {
  const [assetId = '', mpn = ''] = field(body, 'what').split(' ')
  const hour = field(body, 'hour')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(hour) || Number.isNaN(Date.parse(`${hour}Z`))) throw invalid('hour: Please choose an hour.')
  const { productId } = world.asset(assetId)
  world.reportUsage({ productId, used: [{ assetId, mpn, quantity: field(body, 'quantity'), from: instant(hour) }] })
}

const Files = ({ world }: { readonly world: ConnectWorld }): VNode => {
  const files = world.usageFiles().toReversed()
  return (
    <section class="card" aria-labelledby="files">
      <h2 id="files">Usage files</h2>
      {files.length === 0 ? (
        <p class="empty">None yet.</p>
      ) : (
        <ul class="list">
          {files.map((file) => (
            <File key={file.id} world={world} file={file} />
          ))}
        </ul>
      )}
    </section>
  )
}

const File = ({ world, file }: { readonly world: ConnectWorld; readonly file: UsageFileRecord }): VNode => (
  <li class="event">
    <div class="spread">
      <strong>{productName(world, file.productId)}</strong>
      <Tag tone={TONES[file.status] ?? 'neutral'}>{capital(file.status)}</Tag>
    </div>
    <p class="muted small">
      <code>{file.id}</code> · <When at={file.created} />
      {file.acceptanceNote && ` · ${file.acceptanceNote}`}
    </p>
    {(file.errorDetail || file.rejectionNote) && (
      <Notice tone="bad">
        <p>{file.errorDetail || file.rejectionNote}</p>
      </Notice>
    )}
    <details>
      <summary>Records</summary>
      <ul class="list">
        {world
          .usageRecords(file.id)
          .slice(0, 100)
          .map(({ id, row, status, faults, billingId, billingNote }) => (
            <li key={id}>
              {row.quantity} × {row.itemValue} <Tag plain>{status}</Tag>
              <p class="muted small">{[row.startTime, ...faults, billingId, billingNote].filter((text) => text !== '').join(' · ')}</p>
            </li>
          ))}
      </ul>
    </details>
  </li>
)
