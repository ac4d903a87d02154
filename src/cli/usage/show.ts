/** `bridge usage show` and `slots`: what is used, what is included, where each hour stands. */
import type { Command } from 'commander'
import { subscriptionId, type TenantId } from '../../kit/ids.ts'
import {
  type DecidedView,
  decidedView,
  heldView,
  type Purchase,
  type SlotView,
  slotView,
  testMark,
  theSubscription,
  type UsageView,
  usageView,
  withPurchases,
} from '../../operator/index.ts'
import { listDecided, listHeldOf, listSlots, type SlotState, slotStates, usageOf } from '../../usage/index.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from '../context.ts'
import { plain, table } from '../table.ts'
import { tenantsOf } from './tenant.ts'

interface SlotOptions {
  readonly tenant?: string
  readonly subscription?: string
  readonly state?: string
  readonly hoursLeft?: string
  readonly limit: string
  readonly json?: boolean
}

export function addShow(usage: Command, context: CliContext): void {
  usage
    .command('show')
    .description('one subscription: used, included, left, not billed yet; its newest hours; what is held')
    .argument('<subscription>', 'its id at Microsoft')
    .option('--json', 'print JSON')
    .action((id: string, options: { readonly json?: boolean }) => show(context, id, options.json))
  usage
    .command('slots')
    .description('hours and where they stand, the newest first')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--subscription <subscription>', 'only of this subscription')
    .option('--state <state>', `only in this state: ${slotStates.join(', ')}`)
    .option('--hours-left <hours>', 'only those Microsoft takes no longer in so many hours')
    .option('--limit <number>', 'at most so many of each tenant, up to 1000', '100')
    .option('--json', 'print JSON')
    .action((options: SlotOptions) => slots(context, options))
}

async function show(context: CliContext, id: string, json: boolean | undefined): Promise<void> {
  const now = context.clock.now()
  const found = await withBridge(context, async ({ db }) => {
    const one = await theSubscription(db, id)
    const usage = await usageOf(db, one)
    const { tenantId, subscriptionId: subscription } = one
    return {
      subscriptionId: subscription,
      environment: one.environment,
      usage: usage ? usageView(usage) : null,
      slots: (await listSlots(db, { tenantId, subscriptionId: subscription, limit: 24 }, now)).map((slot) => slotView(slot, now)),
      held: (await listHeldOf(db, one)).map(heldView),
      decided: (await listDecided(db, one)).map(decidedView),
    }
  })
  print(context, json, found, () => [
    ...(found.environment === 'test' ? ['A TEST purchase: of the preview, of a test, or of a sandbox.'] : []),
    ...usageLines(found.usage),
    ...(found.slots.length === 0 ? [] : ['', 'The newest hours:', ...slotTable(found.slots)]),
    ...(found.held.length === 0 ? [] : ['', 'Held for an operator (bridge usage decide release | drop):']),
    ...found.held.map((one) =>
      plain(
        `  ${one.dimension}: ${one.quantity}, consumed ${one.consumedAt.toISOString()}, ${one.because}, until ${one.until.toISOString()} (${one.key})`,
      ),
    ),
    ...decidedLines(found),
  ])
}

/** What operators decided about these hours and about single records, and what they noted. */
function decidedLines({
  slots,
  decided,
}: {
  readonly slots: readonly SlotView[]
  readonly decided: readonly DecidedView[]
}): readonly string[] {
  const hours = slots.flatMap(({ decidedBy, decidedAt, decidedNote, dimension, hour, state }) =>
    decidedBy === null ? [] : [[decidedAt, `${dimension}, hour ${hour.toISOString()}: ${state}`, decidedBy, decidedNote] as const],
  )
  const records = decided.map(
    ({ at, dimension, quantity, decision, key, by, note }) =>
      [at, `${dimension ?? ''}: ${quantity} ${decision} (${key})`, by, note] as const,
  )
  const lines = [...hours, ...records].map(
    ([at, what, by, note]) => `  ${at?.toISOString() ?? ''}  ${plain(what)}, by ${plain(by)}${note === null ? '' : `: “${plain(note)}”`}`,
  )
  return lines.length === 0 ? [] : ['', 'Decided by operators:', ...lines]
}

function usageLines(usage: UsageView | null): readonly string[] {
  if (!usage) return ['Nothing of this subscription is metered.']
  const rows = usage.dimensions.map((one) => [
    ...[one.dimension, one.used, one.included ?? 'not known yet', one.left ?? '-', one.notBilledYet ?? '-'],
    one.price === null ? '-' : `${one.price} ${one.currency ?? ''}`.trim(),
  ])
  return [
    `Plan ${plain(usage.planId)}, term since ${usage.since.toISOString()}`,
    ...table(['DIMENSION', 'USED', 'INCLUDED', 'LEFT', 'NOT BILLED YET', 'PRICE'], rows),
  ]
}

const slotTable = (views: readonly (SlotView & Partial<Purchase>)[]): readonly string[] =>
  table(
    ['HOUR', 'SUBSCRIPTION', 'DIMENSION', 'STATE', 'REPORTED', 'SENT WITH', 'AT MICROSOFT', 'HOURS LEFT', 'EVENT'],
    views.map((one) => [
      ...[
        one.hour.toISOString(),
        `${one.subscriptionId}${testMark(one)}`,
        one.dimension,
        one.because === null ? one.state : `${one.state} (${one.because})`,
      ],
      ...[one.reported, one.quantity ?? '-', one.acceptedQuantity ?? '-', one.hoursLeft === null ? '-' : String(one.hoursLeft)],
      one.usageEventId ?? '-',
    ]),
  )

async function slots(context: CliContext, { tenant, subscription, state, hoursLeft, limit, json }: SlotOptions): Promise<void> {
  const now = context.clock.now()
  const filter = {
    subscriptionId: subscription === undefined ? undefined : subscriptionId.parse(subscription),
    states: state === undefined ? undefined : [stateOf(state)],
    hoursLeft: hoursLeft === undefined ? undefined : numberOf(hoursLeft, '--hours-left', 24),
    limit: numberOf(limit, '--limit', 1000),
  }
  const views = await withBridge(context, async ({ db }) => {
    const tenants = await tenantsOf(db, tenant)
    const ofTenant = async (tenantId: TenantId) => {
      const found = await listSlots(db, { ...filter, tenantId }, now)
      return withPurchases(
        db,
        tenantId,
        found.map((slot) => slotView(slot, now)),
      )
    }
    return (await Promise.all(tenants.map(ofTenant))).flat()
  })
  print(context, json, views, () => (views.length === 0 ? ['No such hours.'] : slotTable(views)))
}

function stateOf(text: string): SlotState {
  const state = slotStates.find((one) => one === text)
  if (!state) throw new CommandFailure(`--state: expected one of ${slotStates.join(', ')}`, exitCodes.usage)
  return state
}

function numberOf(text: string, option: string, most: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= most) return number
  throw new CommandFailure(`${option}: expected a number up to ${most}`, exitCodes.usage)
}
