/** An operator's action on a terminal: what will happen, a yes, and then doing it. */
import type { Done, NotPossible, OperatorAction, Possible } from '../operator/index.ts'
import { type CliContext, CommandFailure, exitCodes, print } from './context.ts'
import { plain } from './table.ts'

export interface CarryOutOptions {
  /** Goes on without asking. */
  readonly yes?: boolean
  readonly json?: boolean
}

/**
 * Without a terminal and without `--yes` it only previews, and ends with a code of its own.
 * @param afterwards what goes on after it; what it returns is part of the JSON
 * @throws CommandFailure when it cannot be done, when it was only previewed, and when the answer is no
 */
export async function carryOut(
  context: CliContext,
  action: OperatorAction,
  { yes = false, json }: CarryOutOptions,
  afterwards: () => Promise<Readonly<Record<string, unknown>>> = async () => ({}),
): Promise<void> {
  const preview = await action.preview()
  if (!preview.possible) return refuse(context, preview, json)
  if (!json) print(context, false, undefined, () => ['This will happen:', ...preview.effect.map((line) => `  ${plain(line)}`)])
  if (!(yes || (await isWanted(context, json)))) return onlyPreviewed(context, preview, json)
  const done = await action.carryOut()
  if (done.outcome === 'notPossible') return refuse(context, done, json)
  if (!json) print(context, false, undefined, () => said(done))
  const more = await afterwards()
  if (json) print(context, true, { preview, done, ...more }, () => [])
}

const said = (done: Exclude<Done, { outcome: 'notPossible' }>): readonly string[] => done.said.map(plain)

/** JSON is for programs: nobody is asked. */
const isWanted = async ({ ask }: CliContext, json: boolean | undefined): Promise<boolean> => (ask && !json ? ask('Go on?') : false)

function onlyPreviewed(context: CliContext, preview: Possible, json: boolean | undefined): never {
  if (json) print(context, true, { preview, done: null }, () => [])
  throw new CommandFailure('Nothing was done. To go on: --yes', exitCodes.previewed)
}

function refuse(context: CliContext, { reason, because, hints }: NotPossible, json: boolean | undefined): never {
  if (json) print(context, true, { preview: { possible: false, reason, because, hints }, done: null }, () => [])
  throw new CommandFailure([plain(because), ...hints.map(plain), `(${reason})`].join('\n'))
}
