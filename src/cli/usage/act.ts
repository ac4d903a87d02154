/** What an operator does about usage: each command tells what will happen first, and goes on after a yes. */
import type { Command } from 'commander'
import { dimensionId, productId } from '../../kit/ids.ts'
import { readQuantity } from '../../kit/quantity.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { manualUsage, resumeUsage, stopUsage, theSubscription, type UsageDecision, usageDecision } from '../../operator/index.ts'
import { type CarryOutOptions, carryOut } from '../carry-out.ts'
import { type CliContext, CommandFailure, exitCodes, withBridge } from '../context.ts'
import { addOperator, operatorOf } from '../operator.ts'
import { knownTenant } from './tenant.ts'

type Options = CarryOutOptions & { readonly as?: string; readonly note?: string }
interface DecideOptions extends Options {
  readonly dimension?: string
  readonly hour?: string
  readonly key?: string
}
interface AddOptions extends Options {
  readonly at?: string
  readonly key?: string
}

const DECISIONS: Readonly<Record<string, UsageDecision>> = {
  'bill-later': 'billLater',
  'write-off': 'writeOff',
  'send-again': 'sendAgain',
  release: 'release',
  drop: 'drop',
}

const withYes = (command: Command): Command => addOperator(command).option('--yes', 'go on without asking').option('--json', 'print JSON')

export function addActions(usage: Command, context: CliContext): void {
  withYes(
    usage.command('decide').description('decide about usage that is not billed by itself: all that waits of a subscription, or a part'),
  )
    .argument('<decision>', Object.keys(DECISIONS).join(', '))
    .argument('<subscription>', 'its id at Microsoft')
    .option('--dimension <dimension>', 'of this dimension alone')
    .option('--hour <time>', 'this hour alone, e.g. 2030-01-31T08:00Z')
    .option('--key <key>', 'this held record alone')
    .action((decision: string, id: string, options: DecideOptions) => decideOn(context, decision, id, options))
  withYes(usage.command('add').description('bill a one-off quantity; what is due of it is told first'))
    .argument('<subscription>', 'its id at Microsoft')
    .argument('<dimension>')
    .argument('<quantity>', 'a decimal above 0')
    .option('--at <time>', 'when it was consumed; default: now')
    .option('--key <key>', 'what it is known by; the same key counts once')
    .action((id: string, dimension: string, quantity: string, options: AddOptions) => add(context, [id, dimension, quantity], options))
  withYes(usage.command('stop').description('send no usage of a tenant to Microsoft until it is resumed'))
    .argument('<tenant>')
    .option('--product <product>', 'of this product alone')
    .action((tenant: string, options: Options & { readonly product?: string }) => switchSending(context, tenant, options, 'stop'))
  withYes(usage.command('resume').description('let what was stopped go to Microsoft again'))
    .argument('<tenant>')
    .option('--product <product>', 'of this product alone')
    .action((tenant: string, options: Options & { readonly product?: string }) => switchSending(context, tenant, options, 'resume'))
}

async function decideOn(
  context: CliContext,
  text: string,
  id: string,
  { dimension, hour, key, note, ...options }: DecideOptions,
): Promise<void> {
  const decision = DECISIONS[text]
  if (!decision) throw wrong(`expected one of ${Object.keys(DECISIONS).join(', ')}`)
  const part = { dimension, hour: hour === undefined ? undefined : momentOf(hour, '--hour'), key }
  await withBridge(context, async ({ operator: deps }) => {
    const { tenantId, subscriptionId } = await theSubscription(deps.db, id)
    const about = { tenantId, subscriptionId, ...part }
    await carryOut(context, usageDecision(deps, about, decision, operatorOf(context, options), note), options)
  })
}

async function add(
  context: CliContext,
  [id, dimension, amount]: readonly [string, string, string],
  { at, key, note, ...options }: AddOptions,
) {
  const read = readQuantity(amount)
  if (!read.ok || read.quantity <= 0n) throw wrong('quantity: expected a decimal above 0, with at most 8 decimals')
  const consumedAt = at === undefined ? context.clock.now() : momentOf(at, '--at')
  await withBridge(context, async ({ operator: deps }) => {
    const { tenantId, subscriptionId } = await theSubscription(deps.db, id)
    const event = { tenantId, subscriptionId, dimension: dimensionId.parse(dimension), quantity: read.quantity, consumedAt, key, note }
    await carryOut(context, manualUsage(deps, event, operatorOf(context, options)), options)
  })
}

const switching = { stop: stopUsage, resume: resumeUsage } as const

async function switchSending(
  context: CliContext,
  text: string,
  { product, note, ...options }: Options & { readonly product?: string },
  to: 'stop' | 'resume',
): Promise<void> {
  await withBridge(context, async ({ operator: deps }) => {
    const tenantId = await knownTenant(deps.db, text)
    const what = { tenantId, productId: product === undefined ? undefined : productId.parse(product), note }
    await carryOut(context, switching[to](deps, what, operatorOf(context, options)), options)
  })
}

function momentOf(text: string, option: string): Instant {
  try {
    return instant(text)
  } catch {
    throw wrong(`${option}: expected a time like 2030-01-31T08:00Z`)
  }
}

const wrong = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage)
