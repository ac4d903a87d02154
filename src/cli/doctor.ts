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
  type Result,
  results,
  type Step,
  steps,
  withdrawDeclaration,
} from '../preflight/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { tenantNamed, wrongUsage } from './parse.ts'
import { plain } from './table.ts'

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
  const examined = await withBridge(context, async ({ db, keyring, config, probing, clients }) => {
    const tenantId = tenant === undefined ? undefined : (await tenantNamed(db, tenant)).id
    const { signInApp, reachabilityProbe } = config
    const wanted = { tenantId, productId: product === undefined ? undefined : productId.parse(product) }
    return examine({ ...probing, db, keyring, clients, signInApp, reachabilityProbe }, wanted)
  })
  print(context, json, { result: summaryOf(examined), checks: examined }, () => reportLines(examined))
  const status = exitStatus(examined)
  if (status > 0) throw new CommandFailure(status === 2 ? 'Something failed.' : 'There are warnings.', status)
}

export function reportLines(examined: readonly Examined[]): readonly string[] {
  const [whole, ...more] = [...new Map(examined.map((one) => [aboutOf(one), one])).keys()]
  const abouts = whole === undefined ? [] : [whole, ...more]
  const words = Math.max(...results.map((result) => result.length))
  return [
    ...([1, 2, 3, 4] as const).flatMap((step) => stepLines(examined, step, abouts, words)),
    results
      .filter((result) => count(examined, result) > 0)
      .map((result) => `${count(examined, result)} ${result}`)
      .join(', '),
  ].map(plain)
}

function stepLines(examined: readonly Examined[], step: Step, abouts: readonly string[], words: number): readonly string[] {
  const here = examined.filter((one) => one.step === step)
  if (here.length === 0) return []
  const lines = abouts.flatMap((about) => {
    const those = here.filter((one) => aboutOf(one) === about)
    return those.length === 0 ? [] : [`  ${about}`, ...those.flatMap((one) => findingLines(one, words))]
  })
  return [`${step}. ${steps[step]}`, ...lines, '']
}

const findingLines = ({ code, result, sentence, todo }: Examined, words: number): readonly string[] => [
  `    ${MARKS[result]} ${result.padEnd(words)}  ${code}: ${sentence}`,
  ...(todo === undefined ? [] : [`      ${' '.repeat(words)}  ${todo}`]),
]

const MARKS: Readonly<Record<Result, string>> = { passed: '+', warning: '!', failed: 'x', declared: '=', skipped: '-' }

const aboutOf = ({ tenantId, productId: product }: Examined): string =>
  tenantId === undefined ? 'this installation' : product === undefined ? `tenant ${tenantId}` : `product ${product} of ${tenantId}`

const count = (examined: readonly Examined[], result: Result): number => examined.filter((one) => one.result === result).length

const summaryOf = (examined: readonly Examined[]) => Object.fromEntries(results.map((result) => [result, count(examined, result)]))

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
