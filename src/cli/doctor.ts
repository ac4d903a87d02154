/** `bridge doctor`: every link of the chain, looked at for real. */
import type { Command } from 'commander'
import { productId } from '../kit/ids.ts'
import { nameOf } from '../operator/index.ts'
import {
  declarable,
  declare,
  type Examined,
  examine,
  exitStatus,
  isDeclarable,
  notOpened,
  results,
  withdrawDeclaration,
} from '../preflight/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { reportLines } from './doctor-report.ts'
import { addOperator, operatorOf } from './operator.ts'
import { tenantNamed, wrongUsage } from './parse.ts'

interface Options {
  readonly json?: boolean
}

interface DeclareOptions extends Options {
  readonly note?: string
  readonly as?: string
  readonly withdraw?: boolean
}

export function addDoctor(program: Command, context: CliContext): void {
  const doctor = program
    .command('doctor')
    .description(
      'look at every link of the chain, from the account at Microsoft to the first sale; exit code 0 all well, 1 warnings, 2 failures',
    )
    .argument('[tenant]', 'one publisher; default: all that are active')
    .argument('[product]', 'one of its products; default: all')
    .option('--json', 'print JSON')
    .action((tenant: string | undefined, product: string | undefined, options: Options) => run(context, tenant, product, options))
  addOperator(
    doctor
      .command('declare')
      .description(`say what no API tells: ${declarable.join(', ')}`)
      .argument('<tenant>')
      .argument('<code>')
      .option('--withdraw', 'it is not so any more')
      .option('--json', 'print JSON'),
  ).action((tenant: string, code: string, options: DeclareOptions) => say(context, tenant, code, options))
}

async function run(context: CliContext, tenant: string | undefined, product: string | undefined, { json }: Options): Promise<void> {
  const examined = await examineOrSayWhyNot(context, tenant, product)
  print(context, json, { result: summaryOf(examined), checks: examined }, () => reportLines(examined, context.columns))
  const status = exitStatus(examined)
  if (status > 0) throw new CommandFailure(status === 2 ? 'Something failed.' : 'There are warnings.', status)
}

/** A database or key that cannot be opened is the first link of the chain: it is told as a finding like any other. */
async function examineOrSayWhyNot(context: CliContext, tenant?: string, product?: string): Promise<readonly Examined[]> {
  try {
    return await withBridge(context, async ({ db, keyring, config, probing, clients }) => {
      const tenantId = tenant === undefined ? undefined : (await tenantNamed(db, tenant)).id
      const { reachabilityProbe } = config
      const wanted = { tenantId, productId: product === undefined ? undefined : productId.parse(product) }
      return examine({ ...probing, db, keyring, clients, reachabilityProbe }, wanted)
    })
  } catch (error) {
    const unopened = notOpened(error)
    if (unopened) return [unopened]
    throw error
  }
}

const summaryOf = (examined: readonly Examined[]) =>
  Object.fromEntries(results.map((result) => [result, examined.filter((one) => one.result === result).length]))

async function say(context: CliContext, tenant: string, code: string, { note, as, withdraw, json }: DeclareOptions): Promise<void> {
  if (!isDeclarable(code)) throw wrongUsage(`expected ${declarable.join(', ')}`)
  const by = nameOf(operatorOf(context, as === undefined ? {} : { as }))
  const at = context.clock.now()
  const there = await withBridge(context, async ({ db }) => {
    const { id } = await tenantNamed(db, tenant)
    if (withdraw) return withdrawDeclaration(db, id, code)
    await declare(db, id, code, { by, note }, at)
    return true
  })
  const said = withdraw ? (there ? 'Withdrawn' : 'Nobody had declared it') : `Declared by ${by} on ${at.toISOString().slice(0, 10)}`
  print(context, json, { tenant, code, declared: !withdraw, by, at }, () => [`${said}: ${code} of ${tenant}.`])
}
