/** `npm run demo`: the first sale, narrated. Its data is gone afterwards. Exit code 0 only if both sides agree. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../config.ts'
import { silentLog } from '../../kit/log.ts'
import { movableClock } from '../../kit/time.ts'
import { openStorage } from '../../storage.ts'
import { createBridge } from '../bridge.ts'
import { applySandboxSetup, startOutsideWorld } from '../with-sandbox.ts'
import { firstSale } from './first-sale.ts'
import { createNarrator } from './narrator.ts'

async function main(): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'marketplace-bridge-demo-'))
  try {
    return await demo(dataDir)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function demo(dataDir: string): Promise<boolean> {
  const write = (text: string): void => void process.stdout.write(text)
  const clock = movableClock()
  const config = demoConfig(dataDir)
  write('Starting PostgreSQL, the sandbox and the bridge …\n')
  const storage = await openStorage(config, silentLog)
  const sandbox = await startOutsideWorld(config, clock, silentLog)
  await applySandboxSetup(storage, clock)
  const bridge = await createBridge({ config, storage, clock, log: silentLog })
  await bridge.listen()
  try {
    const agreed = await firstSale({ sandbox, bridge, storage, narrator: createNarrator(write) })
    write(agreed ? '\nBoth sides agree.\n' : '\nThe two sides do not agree.\n')
    return agreed
  } finally {
    await bridge.stop()
    await sandbox.stop()
    await storage.close()
  }
}

/** Ports of its own, so that it runs beside `npm start`. */
function demoConfig(dataDir: string) {
  const reading = readConfig({ SANDBOX: 'on', DATA_DIR: dataDir, PORT: '3080', SANDBOX_PORT: '3180' })
  if (!reading.ok) throw new TypeError('the configuration of the demo is fixed')
  return reading.config
}

main().then(
  (agreed) => {
    process.exitCode = agreed ? 0 : 1
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  },
)
