/** Sign-ins on their way: found again by the state (hashed) and the browser that began them, readable by nobody but us, used once. */

import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { SignInAttemptRow } from '../../database/tables/identity.ts'
import { productId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { isBefore, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { hashOf } from '../random.ts'
import { unsealed } from '../unsealed.ts'

/** Where the visitor was going when we asked who they are. */
export const arrival = z.object({
  productId,
  subscriptionId: subscriptionId.optional(),
  /** Exactly as Microsoft made it, decoded once. */
  purchaseToken: z.string().optional(),
})
export type Arrival = z.infer<typeof arrival>

const attempt = z.object({
  arrival,
  /** Absent while parked: no browser was sent to Entra for it. */
  proof: z.object({ codeVerifier: z.string(), nonce: z.string() }).optional(),
  /** Parked on the way back from Entra: asking again who it is would lead nowhere else. */
  justSignedIn: z.boolean().optional(),
})
export type Attempt = z.infer<typeof attempt>

/** How long a sign-in may take. */
export const ATTEMPT_LIFE: Milliseconds = minutes(15)

const COLUMN = 'sign_in_attempts.sealed'

type Deps = Pick<IdentityDeps, 'db' | 'keyring' | 'clock' | 'log'>

/** A sign-in is named by its state and belongs to one browser. */
export interface AttemptName {
  readonly tenantId: TenantId
  readonly state: string
  readonly browser: string
}

export async function keepAttempt({ db, keyring, clock }: Deps, name: AttemptName, kept: Attempt): Promise<void> {
  await db
    .insertInto('sign_in_attempts')
    .values({
      tenant_id: name.tenantId,
      state_hash: hashOf(name.state),
      browser_hash: hashOf(name.browser),
      sealed: keyring.seal(JSON.stringify(kept), { tenantId: name.tenantId, column: COLUMN }),
      expires_at: new Date(plus(clock.now(), ATTEMPT_LIFE).getTime()),
    })
    .execute()
}

/** Takes it away, so that it works once. Another browser finds nothing, and spoils nothing for the right one. */
export async function takeAttempt(deps: Deps, { tenantId, state, browser }: AttemptName): Promise<Attempt | undefined> {
  const row = await deps.db
    .deleteFrom('sign_in_attempts')
    .where('tenant_id', '=', tenantId)
    .where('state_hash', '=', hashOf(state))
    .where('browser_hash', '=', hashOf(browser))
    .returningAll()
    .executeTakeFirst()
  return row && open(deps, row, tenantId)
}

export async function readAttempt(deps: Deps, { tenantId, state, browser }: AttemptName): Promise<Attempt | undefined> {
  const row = await deps.db
    .selectFrom('sign_in_attempts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state_hash', '=', hashOf(state))
    .where('browser_hash', '=', hashOf(browser))
    .executeTakeFirst()
  return row && open(deps, row, tenantId)
}

function open(deps: Deps, row: Selectable<SignInAttemptRow>, tenantId: TenantId): Attempt | undefined {
  if (isBefore(row.expires_at, deps.clock.now())) return undefined
  const opened = unsealed(deps, row.sealed, tenantId, COLUMN)
  return opened === undefined ? undefined : attempt.parse(opened)
}
