/** `npm start`: reads the configuration, builds everything, runs until it is told to stop. */
import { type Config, describeFaults, readConfig } from './config.ts'
import { AppError } from './kit/errors/index.ts'
import { createLog } from './kit/log.ts'
import { movableClock } from './kit/time.ts'
import { banner } from './main/banner.ts'
import { createBridge } from './main/bridge.ts'
import { applySandboxSetup, startOutsideWorld } from './main/with-sandbox.ts'
import { openStorage } from './storage.ts'

/** What is open, to be closed in turn, the newest first. */
const open: (() => Promise<void>)[] = []

async function main(): Promise<void> {
  const reading = readConfig(process.env)
  if (!reading.ok) {
    process.stderr.write(`${describeFaults(reading.faults)}\n`)
    process.exitCode = 1
    return
  }
  stopOnSignals()
  await start(reading.config)
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const clock = movableClock()
  const storage = await openStorage(config, log)
  open.push(storage.close)
  const sandbox = config.sandbox.on ? await startOutsideWorld(config, clock, log) : undefined
  if (sandbox) {
    open.push(sandbox.stop)
    await applySandboxSetup(storage, clock)
  }
  const bridge = await createBridge({ config, storage, clock, log })
  open.push(bridge.stop)
  clock.onMove(() => bridge.worker.nudge())
  await bridge.listen()
  process.stdout.write(banner(config, sandbox))
}

async function stop(): Promise<void> {
  for (let close = open.pop(); close; close = open.pop()) await close()
}

function stopOnSignals(): void {
  let stopping = false
  const once = (): void => {
    if (stopping) process.exit(1) // a second Ctrl-C: at once
    stopping = true
    stop().then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, once)
}

function fail(error: unknown): void {
  const text =
    error instanceof AppError ? `${error.code}: ${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

main().catch((error: unknown) => stop().then(() => fail(error), fail))
