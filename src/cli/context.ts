/** What a command has to work with. */
import { type Config, describeFaults, type Environment, readConfig } from '../config.ts'
import { noCrash } from '../kit/crash-point.ts'
import { createHttp } from '../kit/http.ts'
import { createLog, type Log } from '../kit/log.ts'
import type { Clock, Milliseconds } from '../kit/time.ts'
import { probeDeps, tenantClients } from '../main/subscriptions.ts'
import type { OperatorDeps } from '../operator/index.ts'
import { openStorage, type Storage } from '../storage.ts'
import type { ProbeDeps, TenantClients } from '../tenants/index.ts'

export interface CliContext {
  readonly env: Environment
  /** Writes to standard output, a line end included by the caller. */
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly clock: Clock
  /** How wide the terminal is; absent when nobody looks at one, and then no line is broken. */
  readonly columns?: number
  /** Asks the person at the terminal; absent when there is none. */
  readonly ask?: (question: string) => Promise<boolean>
  /** Waits; false when the person at the terminal has had enough (Ctrl-C). Absent: nothing is waited for. */
  readonly pause?: (length: Milliseconds) => Promise<boolean>
  /** Standard input as a whole: where a secret comes from. At a terminal it is asked for and not echoed. */
  readonly readSecret?: (question: string) => Promise<string>
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

/** `previewed`: what will happen was told, and nothing was done. `underWay`: what was followed goes on; `stopped`: by Ctrl-C, the same. */
export const exitCodes = { done: 0, failed: 1, usage: 2, previewed: 3, underWay: 4, stopped: 130 } as const

export interface Bridge extends Storage {
  readonly config: Config
  readonly log: Log
  /** For what an operator does, at Microsoft too. */
  readonly operator: OperatorDeps
  readonly clients: TenantClients
  /** For trying credentials. */
  readonly probing: ProbeDeps
}

/** Opens the installation the environment describes for one command, and closes it again. */
export async function withBridge<T>(context: CliContext, work: (bridge: Bridge) => Promise<T>): Promise<T> {
  const config = configOf(context)
  const { clock } = context
  const log = createLog('warn', { write: (line) => context.err(`${messageOf(line)}\n`) })
  const storage = await openStorage(config, log)
  const http = createHttp({ clock, log })
  const clients = tenantClients({ config, storage, clock, log }, http)
  try {
    const operator = { db: storage.db, clock, clientsFor: clients.clientsFor, crashPoint: noCrash }
    return await work({ ...storage, config, log, operator, clients, probing: probeDeps({ config, clock, log }, http) })
  } finally {
    await http.close()
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
