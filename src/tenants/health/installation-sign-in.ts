/** The installation's own sign-in app, as it stands for a tenant that has none of its own: tried and told with the tenant's credentials. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/types.ts'
import { entraClientId, type TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { type ProbeOutcome, withNotes } from '../probe/outcome.ts'
import { type ProbeDeps, probeCredential } from '../probe/probe.ts'
import type { Tenant } from '../types.ts'
import type { CheckedCredential, CredentialCheck } from './rules/state.ts'
import { checkValues, toCheck } from './store.ts'

/** As the configuration has it. */
export interface InstallationSignIn {
  readonly clientId: string
  /** Newest first. */
  readonly secrets: readonly string[]
  readonly expiresAt: Instant | undefined
}

export interface CheckedInstallationSignIn extends CheckedCredential {
  readonly kind: 'signIn'
  readonly slot: 'installation'
  readonly clientId: string
  readonly check: CredentialCheck
}

/** With each live secret in turn: sign-in goes on with the first that Entra takes. */
export async function tryInstallationSignIn(
  deps: ProbeDeps,
  tenant: Tenant,
  { clientId, secrets }: InstallationSignIn,
  signal?: AbortSignal,
): Promise<ProbeOutcome | undefined> {
  const facts = { kind: 'signIn', clientId: entraClientId.parse(clientId) } as const
  const tried: ProbeOutcome[] = []
  for (const secret of secrets) {
    const outcome = await probeCredential(deps, tenant, { facts, secret }, signal)
    if (outcome.result === 'good') return tried.length === 0 ? outcome : withNotes(outcome, [NEWEST_REFUSED])
    tried.push(outcome)
  }
  return tried[0]
}

const NEWEST_REFUSED = 'The first secret of SIGN_IN_CLIENT_SECRET is not taken; an older one behind it is.'

/** Absent while a tenant has an app of its own, the installation has none, or it was not tried yet. */
export async function checkedInstallationSignIn(db: Db, tenantId: TenantId): Promise<CheckedInstallationSignIn | undefined> {
  const row = await db
    .selectFrom('installation_sign_in_checks as of')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('credentials')
            .select(sql`1`.as('one'))
            .whereRef('credentials.tenant_id', '=', 'of.tenant_id')
            .where('kind', '=', 'signIn'),
        ),
      ),
    )
    .executeTakeFirst()
  if (!row) return undefined
  const expiresAt = row.expires_at === null ? undefined : instant(row.expires_at)
  return { kind: 'signIn', slot: 'installation', clientId: row.client_id, expiresAt, check: toCheck(row) }
}

/** @param app `undefined`: there is none to be said anything of */
export async function saveInstallationSignIn(
  tx: Tx,
  tenantId: TenantId,
  app: InstallationSignIn | undefined,
  check: CredentialCheck | undefined,
): Promise<void> {
  if (!app || !check) {
    await tx.deleteFrom('installation_sign_in_checks').where('tenant_id', '=', tenantId).execute()
    return
  }
  const values = { client_id: app.clientId, expires_at: app.expiresAt ? new Date(app.expiresAt.getTime()) : null, ...checkValues(check) }
  await tx
    .insertInto('installation_sign_in_checks')
    .values({ tenant_id: tenantId, ...values })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
    .execute()
}
