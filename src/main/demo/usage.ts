/** A vendor's usage file becomes accepted usage events at Microsoft and a closed file in Connect; then all three books are laid side by side. */
import { products } from '../../../sandbox/seed.ts'
import { dimensionId, planId, productId, type SubscriptionId, usageFileId } from '../../kit/ids.ts'
import { fromDouble, printQuantity, quantityOf } from '../../kit/quantity.ts'
import { hours, type Instant, minutes, plus } from '../../kit/time.ts'
import { hourOf } from '../../kit/utc-hour.ts'
import { type FileState, fileStates, findFile, listSlots, wakeUsageFiles } from '../../usage/index.ts'
import { type Books, differences } from './books.ts'
import { buyActive, type DemoDeps, seen, TENANT } from './stage.ts'

const SIGNALS = productId.parse(products[3]?.id)
/** What the vendor reports, hours ago: two records of one hour become one event. */
const REPORTED = [
  { mpn: 'SIG-EVENTS-K', quantity: '12.5', ago: 4 },
  { mpn: 'SIG-EVENTS-K', quantity: '0.0625', ago: 4 },
  { mpn: 'SIG-EVENTS-K', quantity: '7.25', ago: 3 },
  { mpn: 'SIG-MAIL', quantity: '4810', ago: 3 },
  { mpn: 'SIG-STORE-GB', quantity: '0.12345678', ago: 2 },
] as const

/** @param spoil somebody reports usage past the bridge, to see what a difference looks like. @returns whether all three books agree */
export async function usageFile(deps: DemoDeps, spoil: boolean): Promise<boolean> {
  const { sandbox, narrator } = deps
  const id = await buyMetered(deps)
  const fileId = await report(deps, id)
  await untilClosed(deps, fileId)
  if (spoil) await reportPastTheBridge(deps, id)

  narrator.step('The three books, laid side by side')
  const books = await readBooks(deps, id, fileId)
  for (const { of, quantity, id: event } of books.ledger) narrator.say(`Ledger:    ${of}: ${printQuantity(quantity)}, event ${event}`)
  for (const { of, quantity, id: event } of books.microsoft) narrator.say(`Microsoft: ${of}: ${printQuantity(quantity)}, event ${event}`)
  for (const record of books.connect) {
    narrator.say(`Connect:   ${record.id} ${record.status}: ${printQuantity(record.quantity)}, event ${record.billingId}`)
  }
  const differ = differences(books)
  for (const one of differ) narrator.say(`They differ: ${one}`)
  const { status } = sandbox.worlds.connect.usageFile(fileId)
  if (status !== 'closed') narrator.say(`The file is ${status} in Connect, not closed.`)
  return differ.length === 0 && status === 'closed' && books.ledger.length > 0 && books.connect.length === REPORTED.length
}

async function buyMetered(deps: DemoDeps): Promise<SubscriptionId> {
  const { sandbox, narrator } = deps
  const { connect } = sandbox.worlds
  narrator.step('A buyer has Larkspur Signals, which is paid by use')
  connect.setMode(SIGNALS, { kind: 'automatic' })
  const id = await buyActive(deps, { offerId: 'larkspur-signals', planId: 'metered' })
  narrator.say(`Subscription ${id} is active on both sides. Five hours go by, in which it is used.`)
  sandbox.clock.moveBy(hours(5))
  return id
}

async function report({ sandbox, narrator }: DemoDeps, id: SubscriptionId): Promise<string> {
  const { connect } = sandbox.worlds
  narrator.step('The vendor reports what was used, as a usage file in Connect')
  const [asset] = connect.assets({ externalUid: id })
  if (!asset) throw new Error('the vendor has no such asset')
  const now = sandbox.clock.now()
  const used = REPORTED.map(({ mpn, quantity, ago }) => ({ assetId: asset.id, mpn, quantity, ...windowOf(now, ago) }))
  for (const { mpn, quantity, from } of used) narrator.say(`${mpn.padEnd(13)} ${quantity.padStart(11)}  in the hour ${hourText(from)}`)
  const file = connect.reportUsage({ productId: SIGNALS, used })
  narrator.say(`File ${file.id}, ${connect.usageRecords(file.id).length} records: it waits for an answer.`)
  return file.id
}

/** Within one hour, so that it is no question which. */
const windowOf = (now: Instant, ago: number): { readonly from: Instant; readonly to: Instant } => {
  const from = hourOf(plus(now, -hours(ago)))
  return { from, to: plus(from, minutes(45)) }
}

/** A minute a look: hours end and files are closed without anybody waiting for it. */
async function untilClosed({ sandbox, storage, bridge, narrator }: DemoDeps, fileId: string): Promise<void> {
  narrator.step('The bridge finds it, judges every record, accepts, seals the hours, sends them, and closes')
  await wakeUsageFiles(storage.db, sandbox.clock.now())
  let told: FileState | undefined
  await seen(
    async () => {
      const file = await findFile(storage.db, usageFileId.parse(fileId))
      if (file && file.state !== told) {
        told = file.state
        narrator.say(`${told.padEnd(10)} ${fileStates[told]}`)
        if (told === 'rejected') throw new Error(`the file was rejected: ${file.note ?? ''}`)
      }
      return file?.state === 'closed' ? file : undefined
    },
    'a closed file',
    () => {
      sandbox.clock.moveBy(minutes(1))
      bridge.worker.nudge()
    },
  )
}

async function reportPastTheBridge({ bridge, sandbox, narrator }: DemoDeps, id: SubscriptionId): Promise<void> {
  narrator.step('Somebody reports usage of the same subscription past the bridge')
  const metering = await bridge.usage.meteringFor(TENANT)
  const slotHour = hourOf(plus(sandbox.clock.now(), -hours(1)))
  const event = { subscriptionId: id, dimension: dimensionId.parse('storage'), slotHour, planId: planId.parse('metered') }
  const { status } = await metering.reportOne({ ...event, quantity: quantityOf('0.00000001') })
  narrator.say(`0.00000001 of storage: ${status}`)
}

async function readBooks({ sandbox, storage }: DemoDeps, id: SubscriptionId, fileId: string): Promise<Books> {
  const { connect, marketplace } = sandbox.worlds
  const accepted = await listSlots(
    storage.db,
    { tenantId: TENANT, subscriptionId: id, states: ['accepted'], limit: 1000 },
    sandbox.clock.now(),
  )
  return {
    ledger: accepted
      .toReversed()
      .map((slot) => ({ id: slot.usageEventId ?? '', of: ofText(slot.dimension, slot.hour), quantity: slot.acceptedQuantity ?? 0n })),
    microsoft: marketplace.usage(id).map(({ usageEventId, dimension, hour, quantity }) => ({
      ...{ id: usageEventId, of: ofText(dimension, hour), quantity: fromDouble(quantity) ?? 0n },
    })),
    connect: connect
      .usageRecords(fileId)
      .map(({ id: record, status, quantity = 0n, billingId }) => ({ id: record, status, quantity, billingId })),
  }
}

const ofText = (dimension: string, hour: Instant): string => `${dimension} in ${hourText(hour)}`
const hourText = (at: Instant): string => `${at.toISOString().slice(0, 13).replace('T', ' ')}:00`
