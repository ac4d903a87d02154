/** When a tenant's nightly reconcile is due: the same minute every night, spread over tenants. Pure. */
import type { TenantId } from '../../../kit/ids.ts'
import { days, hours, type Instant, instant, type Milliseconds, minutes, plus } from '../../../kit/time.ts'

/** From midnight UTC; so long that many tenants do not meet. */
const NIGHT: Milliseconds = hours(5)

/** The next one after `now`. */
export function nextNight(tenantId: TenantId, now: Instant): Instant {
  const today = plus(instant(`${now.toISOString().slice(0, 10)}T00:00:00Z`), offsetOf(tenantId))
  return today.getTime() > now.getTime() ? today : plus(today, days(1))
}

/** FNV-1a over the id: whole minutes into the night, the same on every machine. */
function offsetOf(tenantId: TenantId): Milliseconds {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(tenantId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return minutes(hash % (NIGHT / minutes(1)))
}
