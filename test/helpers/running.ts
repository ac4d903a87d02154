/** The whole bridge as `npm start` runs it, on free ports with a test database: for browsers and whole journeys. */
import { createServer } from 'node:net'
import { type Sandbox, startSandbox } from '../../sandbox/start.ts'
import { readConfig } from '../../src/config.ts'
import { createKeyring } from '../../src/database/index.ts'
import { silentLog } from '../../src/kit/log.ts'
import { type MovableClock, movableClock } from '../../src/kit/time.ts'
import { type Bridge, createBridge } from '../../src/main/bridge.ts'
import { applySandboxSetup } from '../../src/main/with-sandbox.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export interface Running {
  readonly url: string
  readonly sandbox: Sandbox
  readonly bridge: Bridge
  readonly database: TestDatabase
  readonly clock: MovableClock
  stop(): Promise<void>
}

export async function startEverything(): Promise<Running> {
  const clock = movableClock()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await startSandbox({ port: 0, clock, bridgeUrl: url })
  const database = await createTestDatabase()
  const storage = { ...database, keyring: createKeyring({ keys: [{ key: Buffer.alloc(32, 5) }] }) }
  await applySandboxSetup(storage, clock)
  const bridge = await createBridge({ config: configFor(sandbox, port), storage, clock, log: silentLog })
  const stopNudging = clock.onMove(() => bridge.worker.nudge())
  await bridge.listen()
  return {
    ...{ url, sandbox, bridge, database, clock },
    async stop() {
      stopNudging()
      await bridge.stop()
      await sandbox.stop()
      await database.drop()
    },
  }
}

function configFor(sandbox: Sandbox, port: number) {
  const reading = readConfig({
    SANDBOX: 'off',
    PORT: String(port),
    MICROSOFT_MARKETPLACE_URL: sandbox.urls.marketplace,
    MICROSOFT_LOGIN_URL: sandbox.urls.login,
    MICROSOFT_STS_URL: sandbox.urls.sts,
    CONNECT_API_URL: sandbox.urls.connect,
  })
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.config
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
