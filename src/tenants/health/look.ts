/** The schedule of checks: each tenant's credentials, a few times a day, not all tenants at once. */
import { createHash } from 'node:crypto'
import type { Db } from '../../database/types.ts'
import { defineLook, type Look, priorities, wakeAll } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { hours, type Instant, type Milliseconds, minutes, plus, seconds } from '../../kit/time.ts'
import { listTenants } from '../read.ts'
import { type CheckDeps, type Checked, checkCredentials } from './check.ts'

/** The check of a tenant's credentials; the key is the tenant. */
export const CREDENTIAL_WORK = 'tenant.credentials'

const EVERY: Milliseconds = hours(6)
/** A refused one is corrected by people, who like to see it turn good. */
const AFTER_REFUSAL: Milliseconds = hours(1)
const AFTER_SILENCE: Milliseconds = minutes(15)
/** So much of a pause may be added. */
const SPREAD = 0.25

export const credentialLook = (deps: CheckDeps): Look =>
  defineLook({
    kind: CREDENTIAL_WORK,
    priority: priorities.background,
    longestCall: seconds(20),
    async look({ tenantId }, lease) {
      const checked = await checkCredentials(deps, tenantId, { signal: lease.signal, guard: (tx) => lease.assertHeld(tx) })
      const now = deps.clock.now()
      return { lookAgainAt: checked.length === 0 ? undefined : plus(now, spread(pauseAfter(checked), tenantId, now)) }
    },
  })

const pauseAfter = (checked: readonly Checked[]): Milliseconds => {
  if (checked.some(({ outcome }) => outcome.result === 'unclear')) return AFTER_SILENCE
  return checked.some(({ outcome }) => outcome.result === 'refused') ? AFTER_REFUSAL : EVERY
}

/** Longer by up to a quarter: another for each tenant and time, and the same for the same. */
function spread(pause: Milliseconds, tenantId: TenantId, now: Instant): Milliseconds {
  const share = createHash('sha256').update(`${tenantId} ${now.getTime()}`).digest().readUInt16BE() / 0xffff
  return Math.round(pause * (1 + SPREAD * share))
}

/** Every tenant's credentials are checked from now on, archived ones' too: their subscriptions go on. Safe to repeat. */
export async function wakeCredentialChecks(db: Db, now: Instant): Promise<void> {
  const tenants = await listTenants(db)
  await wakeAll(
    db,
    tenants.map(({ id }) => ({ tenantId: id, kind: CREDENTIAL_WORK, key: id })),
    now,
  )
}
