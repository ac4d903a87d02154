/** `bridge subscription`: where a subscription stands, what happened to it, and what an operator may do to it. */
import type { Command } from 'commander'
import { AppError } from '../kit/errors/index.ts'
import { planId, tenantId } from '../kit/ids.ts'
import { type SubscriptionAction, subscriptionAction, subscriptionRecord, subscriptionView, theSubscription } from '../operator/index.ts'
import { listSubscriptions, type StoredSubscription } from '../subscriptions/index.ts'
import { listTenants } from '../tenants/index.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { describeSubscription, nextInWords } from './subscription-words.ts'
import { table } from './table.ts'

interface ListOptions {
  readonly tenant?: string
  readonly status?: string
  readonly attention?: boolean
  readonly limit: string
  readonly json?: boolean
}

type ActOptions = CarryOutOptions & { readonly as?: string }

export function addSubscription(program: Command, context: CliContext): void {
  const subscription = program.command('subscription').description('Microsoft SaaS subscriptions and where they stand')
  subscription
    .command('list')
    .description('the newest subscriptions, of one tenant or of all')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--status <status>', 'only with this status at Microsoft, e.g. Subscribed')
    .option('--attention', 'only those that ask for attention')
    .option('--limit <number>', 'at most so many of each tenant, up to 1000', '100')
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options))
  subscription
    .command('show')
    .description('one subscription: both sides, what is next, what asks for attention, and its timeline')
    .argument('<subscription>', 'its id at Microsoft')
    .option('--json', 'print JSON')
    .action((id: string, options: { readonly json?: boolean }) => show(context, id, options))
  addActions(subscription, context)
}

/** Each tells what will happen first, and goes on after a yes. */
function addActions(subscription: Command, context: CliContext): void {
  const act = (name: string, description: string) =>
    addOperator(subscription.command(name).description(description).argument('<subscription>', 'its id at Microsoft'))
      .option('--yes', 'go on without asking')
      .option('--json', 'print JSON')
  act('retry', 'have what was tried tried again, as if for the first time').action((id: string, options: ActOptions) =>
    actOn(context, id, { kind: 'retry' }, options),
  )
  act('change-plan', 'change the plan at Microsoft')
    .argument('<plan>', 'Microsoft’s plan id')
    .action((id: string, plan: string, options: ActOptions) => actOn(context, id, { kind: 'changePlan', planId: planOf(plan) }, options))
  act('change-seats', 'change the number of seats at Microsoft')
    .argument('<seats>', 'how many there shall be')
    .action((id: string, seats: string, options: ActOptions) => actOn(context, id, { kind: 'changeSeats', seats: seatsOf(seats) }, options))
  act('cancel', 'end the subscription at Microsoft, for good').action((id: string, options: ActOptions) =>
    actOn(context, id, { kind: 'cancel' }, options),
  )
}

const actOn = (context: CliContext, id: string, wanted: SubscriptionAction, options: ActOptions): Promise<void> =>
  withBridge(context, async ({ operator: deps }) => {
    const one = await theSubscription(deps.db, id)
    await carryOut(context, subscriptionAction(deps, one, wanted, operatorOf(context, options)), options)
  })

function planOf(text: string) {
  const read = planId.safeParse(text)
  if (!read.success) throw new CommandFailure('not a plan id', exitCodes.usage)
  return read.data
}

function seatsOf(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new CommandFailure('expected a number of seats', exitCodes.usage)
  return Number(text)
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1) throw new CommandFailure('--limit: expected a number from 1', exitCodes.usage)
  const found = await withBridge(context, async ({ db }) => {
    const tenants = options.tenant === undefined ? (await listTenants(db)).map(({ id }) => id) : [tenantOf(options.tenant)]
    const filter = { ...(options.status ? { status: options.status } : {}), attention: options.attention ?? false, limit }
    return (await Promise.all(tenants.map((tenant) => listSubscriptions(db, { ...filter, tenantId: tenant })))).flat()
  })
  print(context, options.json, found.map(subscriptionView), () =>
    found.length === 0
      ? ['No subscriptions.']
      : table(['SUBSCRIPTION', 'TENANT', 'OFFER', 'PLAN', 'SEATS', 'FOR', 'AT MICROSOFT', 'IN CONNECT', 'NEXT'], found.map(row)),
  )
}

function tenantOf(text: string) {
  const read = tenantId.safeParse(text)
  if (!read.success) throw new AppError('ERR_TENANT_NOT_FOUND')
  return read.data
}

const row = (one: StoredSubscription): readonly string[] => [
  one.subscriptionId,
  one.tenantId,
  one.offerId,
  one.planId,
  one.quantity === undefined ? '-' : String(one.quantity),
  one.environment === 'test' ? 'TEST' : 'customer',
  one.microsoft.status,
  one.connect.asset ? `${one.connect.asset.id} ${one.connect.asset.status}` : '-',
  nextInWords(one),
]

async function show(context: CliContext, id: string, { json }: { readonly json?: boolean }): Promise<void> {
  const found = await withBridge(context, async ({ operator: deps }) => {
    const one = await theSubscription(deps.db, id)
    return { one, record: await subscriptionRecord(deps, one) }
  })
  print(context, json, found.record, () => describeSubscription(found.one, found.record, context.clock.now()))
}
