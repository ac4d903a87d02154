/** What a command has to work with. */
import { type Config, describeFaults, type Environment, readConfig } from '../config.ts'
import { createLog, type Log } from '../kit/log.ts'
import type { Clock } from '../kit/time.ts'
import { openStorage, type Storage } from '../storage.ts'

export interface CliContext {
  readonly env: Environment
  /** Writes to standard output, a line end included by the caller. */
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly clock: Clock
}

/** A command ends with this when it cannot do what was asked: the text goes to standard error. */
export class CommandFailure extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number = exitCodes.failed) {
    super(message)
    this.name = 'CommandFailure'
    this.exitCode = exitCode
  }
}

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const

export interface Bridge extends Storage {
  readonly config: Config
  readonly log: Log
}

/** Opens the installation the environment describes for one command, and closes it again. */
export async function withBridge<T>(context: CliContext, work: (bridge: Bridge) => Promise<T>): Promise<T> {
  const config = configOf(context)
  const log = createLog('warn', { write: (line) => context.err(`${messageOf(line)}\n`) })
  const storage = await openStorage(config, log)
  try {
    return await work({ ...storage, config, log })
  } finally {
    await storage.close()
  }
}

/** People read this log: the sentence of each line is enough. */
function messageOf(line: string): string {
  const entry: unknown = JSON.parse(line)
  return typeof entry === 'object' && entry !== null && 'msg' in entry ? `note: ${String(entry.msg)}` : line.trim()
}

function configOf({ env }: CliContext): Config {
  const reading = readConfig(env)
  if (!reading.ok) throw new CommandFailure(describeFaults(reading.faults))
  return reading.config
}

/** One line a thing, or one JSON value, as the command's `--json` says. */
export const print = (context: CliContext, json: boolean | undefined, value: unknown, lines: () => readonly string[]): void =>
  context.out(
    json
      ? `${JSON.stringify(value, null, 2)}\n`
      : lines()
          .map((line) => `${line}\n`)
          .join(''),
  )
