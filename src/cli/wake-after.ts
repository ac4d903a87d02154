/** After a change of the set-up: whatever waited for it, or begins with it, is looked at by the running bridge. */
import { wakeListingRequests, wakeOffers, wakeResync } from '../catalogue/index.ts'
import type { Tx } from '../database/index.ts'
import type { Clock } from '../kit/time.ts'
import { wakeAfterSetup, wakeReconcile } from '../subscriptions/index.ts'
import { wakeCredentialChecks } from '../tenants/index.ts'
import { wakeUsageFiles } from '../usage/index.ts'

export const wakeWhatWaited = (clock: Clock) => async (tx: Tx) => {
  const now = clock.now()
  await wakeAfterSetup(tx, now) // a new tenant's purchases are looked for at once, and what waited for this goes on
  await wakeReconcile(tx, now) // and what it sold before is compared
  await wakeCredentialChecks(tx, now)
  await wakeUsageFiles(tx, now)
  await wakeListingRequests(tx, now)
  await wakeResync(tx, now) // what is mapped now is no longer missing
  await wakeOffers(tx, now) // offers on their way to the store are compared with it again
}
