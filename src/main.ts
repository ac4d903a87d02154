/** `npm start`: reads the configuration, builds everything, runs until it is told to stop. */
import { describeFaults, readConfig } from './config.ts'
import { AppError } from './kit/errors/index.ts'
import { createLog } from './kit/log.ts'
import { movableClock } from './kit/time.ts'
import { banner } from './main/banner.ts'
import { createBridge } from './main/bridge.ts'
import { applySandboxSetup, startOutsideWorld } from './main/with-sandbox.ts'
import { openStorage } from './storage.ts'

async function main(): Promise<void> {
  const reading = readConfig(process.env)
  if (!reading.ok) {
    process.stderr.write(`${describeFaults(reading.faults)}\n`)
    process.exitCode = 1
    return
  }
  const { config } = reading
  const log = createLog(config.sandbox.on && process.env['LOG_LEVEL'] === undefined ? 'warn' : config.logLevel)
  const clock = movableClock()
  const storage = await openStorage(config, log)
  const sandbox = config.sandbox.on ? await startOutsideWorld(config, clock, log) : undefined
  if (sandbox) await applySandboxSetup(storage, clock)
  const bridge = await createBridge({ config, storage, clock, log })
  const stopNudging = clock.onMove(() => bridge.worker.nudge())
  await bridge.listen()
  process.stdout.write(banner(config, sandbox))
  onStopSignal(async () => {
    stopNudging()
    await bridge.stop()
    await sandbox?.stop()
    await storage.close()
  })
}

function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false
  const once = (): void => {
    if (stopping) process.exit(1) // a second Ctrl-C: at once
    stopping = true
    void stop().then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, once)
}

function fail(error: unknown): void {
  const text =
    error instanceof AppError ? `${error.code}: ${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

main().catch(fail)
