/** The bridge as an installation has it, on a port and a database of its own, with the sandbox for the outside world. */
import type { SandboxUrls } from '../sandbox/start.ts'
import { readConfig } from '../src/config.ts'
import { createKeyring, type Database } from '../src/database/index.ts'
import { type CrashPoint, noCrash } from '../src/kit/crash-point.ts'
import { tenantId } from '../src/kit/ids.ts'
import { silentLog } from '../src/kit/log.ts'
import { movableClock } from '../src/kit/time.ts'
import { type Bridge, createBridge } from '../src/main/bridge.ts'
import { applySandboxSetup } from '../src/main/with-sandbox.ts'

export const PORT = 3085
export const BRIDGE_URL = `http://127.0.0.1:${PORT}`
/** The sandbox's publisher. */
export const TENANT = tenantId.parse('larkspur')

export type OutsideUrls = Pick<SandboxUrls, 'marketplace' | 'login' | 'sts' | 'connect'>

export interface BridgeChoices {
  /** Nothing that was woken is looked at. */
  readonly onlyDoors?: boolean
  /** Nobody comes in. */
  readonly noDoors?: boolean
  /** Called at each named point of the work. */
  readonly passed?: CrashPoint
}

export async function startBridge(
  database: Database,
  urls: OutsideUrls,
  { onlyDoors = false, noDoors = false, passed = noCrash }: BridgeChoices = {},
): Promise<Bridge> {
  const clock = movableClock()
  const storage = { ...database, keyring: createKeyring({ keys: [{ key: Buffer.alloc(32, 3) }] }) }
  await applySandboxSetup(storage, clock)
  const bridge = await createBridge({
    config: configFor(urls),
    storage,
    clock,
    log: silentLog,
    onlyWhenAsked: onlyDoors || noDoors,
    crashPoint: passed,
  })
  if (!noDoors) await bridge.listen()
  return bridge
}

function configFor(urls: OutsideUrls) {
  const reading = readConfig({
    SANDBOX: 'off',
    PORT: String(PORT),
    MICROSOFT_MARKETPLACE_URL: urls.marketplace,
    MICROSOFT_LOGIN_URL: urls.login,
    MICROSOFT_STS_URL: urls.sts,
    CONNECT_API_URL: urls.connect,
  })
  if (!reading.ok) throw new TypeError('the configuration of the benchmarks is fixed')
  return reading.config
}
