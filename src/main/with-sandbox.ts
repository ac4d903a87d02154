/** With nothing real configured the bridge brings its own outside world: started in this process, with one clock for both. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from '../../sandbox/start.ts'
import type { Config } from '../config.ts'
import { AppError } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import { days, type MovableClock, plus } from '../kit/time.ts'
import type { Storage } from '../storage.ts'
import { confirmTenant, releaseTenant } from '../subscriptions/index.ts'
import { applySetup, describeFault, readSetup } from '../tenants/index.ts'

export const startOutsideWorld = (config: Config, clock: MovableClock, log: Log): Promise<Sandbox> =>
  startSandbox({ port: config.sandbox.port, clock, bridgeUrl: config.publicUrl, log })

/** Tells the bridge of the sandbox's publisher, as an operator would with `bridge apply examples/sandbox.yaml`. */
export async function applySandboxSetup({ db, keyring }: Pick<Storage, 'db' | 'keyring'>, clock: MovableClock): Promise<void> {
  const reading = readSetup(readFileSync(setupFile(), 'utf8'), {})
  const outcome = reading.ok ? await applySetup(reading.setup, { db, keyring, clock }) : reading
  if (!outcome.ok || !reading.ok) {
    throw new AppError('ERR_INTERNAL', { message: outcome.ok ? '' : outcome.faults.map(describeFault).join('\n') })
  }
  for (const { id } of reading.setup.tenants) await takeBrakesOff(db, id, clock)
}

/** Nobody real is behind the sandbox's subscriptions: whoever plays with them should not wait for an operator. */
async function takeBrakesOff(db: Storage['db'], tenantId: TenantId, clock: MovableClock): Promise<void> {
  const now = clock.now()
  await confirmTenant(db, tenantId, 'sandbox', now)
  await releaseTenant(db, tenantId, plus(now, days(36_500)), now)
}

/** Beside the sources, and two folders up from the compiled ones. */
const setupFile = (): string => {
  const here = fileURLToPath(import.meta.url)
  return fileURLToPath(
    new URL(here.includes('/dist/src/') ? '../../../examples/sandbox.yaml' : '../../examples/sandbox.yaml', import.meta.url),
  )
}
