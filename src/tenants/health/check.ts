/** Tries every credential of a tenant, keeps what it showed, and tells people what needs them. */
import { settleAttention } from '../../attention/index.ts'
import type { Keyring } from '../../database/secrets.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Db, Tx } from '../../database/types.ts'
import { AppError, errorCatalogue } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { CredentialKind, Slot } from '../model/credential.ts'
import type { ProbeOutcome } from '../probe/outcome.ts'
import { type ProbeDeps, probeCredential } from '../probe/probe.ts'
import { getTenant } from '../read.ts'
import { listCredentials, openSecretIfReadable, type SealedCredential } from '../store/credentials.ts'
import type { Tenant } from '../types.ts'
import { checkedInstallationSignIn, saveInstallationSignIn, tryInstallationSignIn } from './installation-sign-in.ts'
import { afterTry } from './rules/after-try.ts'
import { toBeTold } from './rules/told.ts'
import { checkedCredentials, saveCheck } from './store.ts'

export interface CheckDeps extends ProbeDeps {
  readonly db: Db
  readonly keyring: Keyring
}

export interface CheckOptions {
  readonly kind?: CredentialKind | undefined
  readonly signal?: AbortSignal | undefined
  /** In each transaction that stores something: may it still? */
  readonly guard?: (tx: Tx) => Promise<void>
}

export interface Checked {
  readonly kind: CredentialKind
  /** `installation`: the installation's own app, which the tenant signs its buyers in with. */
  readonly slot: Slot | 'installation'
  /** When it was stored; absent for what the environment says. */
  readonly setAt: Instant | undefined
  readonly expiresAt: Instant | undefined
  readonly outcome: ProbeOutcome
}

/** @throws AppError `ERR_TENANT_NOT_FOUND` */
export async function checkCredentials(deps: CheckDeps, tenantId: TenantId, options: CheckOptions = {}): Promise<readonly Checked[]> {
  const tenant = await getTenant(deps.db, tenantId)
  if (!tenant) throw new AppError('ERR_TENANT_NOT_FOUND', { facts: { tenantId } })
  const before = await checkedCredentials(deps.db, tenantId)
  const checked: Checked[] = []
  for (const credential of await listCredentials(deps.db, tenantId, options.kind)) {
    const slot = before.find(({ kind, slot }) => kind === credential.facts.kind && slot === credential.slot)
    if (!slot || slot.setAt.getTime() !== credential.updatedAt.getTime()) continue // stored this moment: the next check sees it
    const outcome = await tryOne(deps, tenant, credential, options.signal)
    const check = afterTry(slot.check, outcome, deps.clock.now())
    await inTransaction(deps.db, async (tx) => {
      await options.guard?.(tx)
      await saveCheck(tx, tenantId, slot, check)
    })
    checked.push({ kind: slot.kind, slot: slot.slot, setAt: slot.setAt, expiresAt: slot.expiresAt, outcome })
  }
  checked.push(...(await checkInstallationSignIn(deps, tenant, options)))
  await inTransaction(deps.db, async (tx) => {
    await options.guard?.(tx)
    await tellOfCredentials(tx, tenantId, deps.clock.now())
  })
  return checked
}

/** Only where the tenant has no app of its own. */
async function checkInstallationSignIn(
  deps: CheckDeps,
  tenant: Tenant,
  { kind, signal, guard }: CheckOptions,
): Promise<readonly Checked[]> {
  if (kind !== undefined && kind !== 'signIn') return []
  const usesIt = (await listCredentials(deps.db, tenant.id, 'signIn')).length === 0
  const app = usesIt ? deps.signInApp : undefined
  const outcome = app && (await tryInstallationSignIn(deps, tenant, app, signal))
  const before = await checkedInstallationSignIn(deps.db, tenant.id)
  const known = before?.clientId === app?.clientId ? before?.check : undefined
  await inTransaction(deps.db, async (tx) => {
    await guard?.(tx)
    await saveInstallationSignIn(tx, tenant.id, app, outcome && afterTry(known, outcome, deps.clock.now()))
  })
  return app && outcome ? [{ kind: 'signIn', slot: 'installation', setAt: undefined, expiresAt: app.expiresAt, outcome }] : []
}

async function tryOne(
  deps: CheckDeps,
  tenant: Tenant,
  credential: SealedCredential,
  signal: AbortSignal | undefined,
): Promise<ProbeOutcome> {
  const secret = openSecretIfReadable(deps.keyring, tenant.id, credential)
  if (secret !== undefined) return probeCredential(deps, tenant, { facts: credential.facts, secret }, signal)
  const { what, todo } = errorCatalogue.ERR_SECRET_UNREADABLE
  return { result: 'refused', code: 'ERR_SECRET_UNREADABLE', reason: what, todo }
}

/** Raises and ends the tenant's two items about its credentials; safe to repeat. */
export async function tellOfCredentials(tx: Tx, tenantId: TenantId, now: Instant): Promise<void> {
  const installations = await checkedInstallationSignIn(tx, tenantId)
  const all = [...(await checkedCredentials(tx, tenantId)), ...(installations ? [installations] : [])]
  const { expiring, failing } = toBeTold(all, now)
  const named = ({ kind, slot }: { kind: string; slot: string }) => `${kind} ${slot}`
  const wanted = [
    ...(expiring.length === 0
      ? []
      : [
          {
            code: 'CREDENTIAL_EXPIRING' as const,
            facts: { credentials: expiring.map((one) => `${named(one)}: ${dayOf(one.expiresAt)}${stageInWords(one.stage)}`) },
          },
        ]),
    ...(failing.length === 0
      ? []
      : [
          {
            code: 'CREDENTIAL_FAILS' as const,
            facts: {
              credentials: failing.map((one) => `${named(one)}: ${one.check?.code ?? ''}`),
              reasons: failing.map((one) => one.check?.reason ?? ''),
            },
          },
        ]),
  ]
  const subject = { kind: 'tenant', id: tenantId } as const
  await settleAttention(tx, { tenantId, subject, among: ['CREDENTIAL_EXPIRING', 'CREDENTIAL_FAILS'], wanted }, now)
}

const dayOf = (at: Instant | undefined): string => at?.toISOString().slice(0, 10) ?? ''
const stageInWords = (stage: number): string => (stage === 0 ? ', which has come' : `, within ${stage} days`)
