/** One credential, tried and then kept; or let go. */
import type { Keyring } from '../database/secrets.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Db, Tx } from '../database/types.ts'
import { AppError } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import { type CredentialEntry, readEntry } from './credential-entry.ts'
import { tellOfCredentials } from './health/check.ts'
import { afterTry } from './health/rules/after-try.ts'
import { saveCheck } from './health/store.ts'
import type { Credential, CredentialFacts, CredentialKind, Slot } from './model/credential.ts'
import type { ProbeOutcome } from './probe/outcome.ts'
import { type ProbeDeps, probeCredential } from './probe/probe.ts'
import { getTenant } from './read.ts'
import { ownerBeside } from './setup/foreign-apps.ts'
import { lockSetup } from './setup/lock.ts'
import { appIsTaken, appOwners } from './store/app-owners.ts'
import { listCredentials, removeCredential, type SealedCredential, saveCredential } from './store/credentials.ts'
import type { Tenant } from './types.ts'

export interface KeepDeps extends ProbeDeps {
  readonly db: Db
  readonly keyring: Keyring
  /** Called in the same transaction: to wake what waited for it. */
  readonly onChange?: (tx: Tx) => Promise<void>
}

export interface Kept {
  /** `false`: it was tried, is not good, and what was there before is as it was. */
  readonly stored: boolean
  /** Absent when nothing was tried. */
  readonly probe: ProbeOutcome | undefined
  readonly credential: Pick<Credential, 'slot' | 'facts' | 'expiresAt'>
  /** The other slot, where one is live beside it. */
  readonly beside: Slot | undefined
}

/**
 * Tries the credential at the other side and stores it when it is good there. Ids left out are those of the credential that is stored.
 * @param unchecked stores it untried
 * @throws AppError `ERR_TENANT_NOT_FOUND`; `ERR_BAD_INPUT`: the entry has faults; `ERR_APP_OF_ANOTHER_TENANT`
 */
export async function setCredential(
  deps: KeepDeps,
  tenantId: TenantId,
  entry: CredentialEntry,
  { unchecked = false }: { readonly unchecked?: boolean } = {},
): Promise<Kept> {
  const tenant = await theTenant(deps.db, tenantId)
  const there = await listCredentials(deps.db, tenantId, entry.kind)
  const credential = credentialOf(entry, there)
  await refuseForeignApp(deps.db, tenantId, credential.facts)
  const probe = unchecked ? undefined : await probeCredential(deps, tenant, credential)
  const kept = withEnd(credential, probe)
  const stored = probe === undefined || probe.result === 'good'
  if (stored) await store(deps, tenantId, kept, probe)
  const beside = there.find(({ slot }) => slot !== kept.slot)?.slot
  return { stored, probe, credential: { slot: kept.slot, facts: kept.facts, expiresAt: kept.expiresAt }, beside }
}

/** @throws AppError `ERR_TENANT_NOT_FOUND`; `ERR_CREDENTIAL_MISSING`: there is none in that slot */
export async function dropCredential(
  deps: Pick<KeepDeps, 'db' | 'clock' | 'onChange'>,
  tenantId: TenantId,
  kind: CredentialKind,
  slot: Slot,
): Promise<void> {
  await theTenant(deps.db, tenantId)
  await inTransaction(deps.db, async (tx) => {
    await lockSetup(tx)
    const there = await listCredentials(tx, tenantId, kind)
    if (!there.some((one) => one.slot === slot)) {
      throw new AppError('ERR_CREDENTIAL_MISSING', { message: `Tenant ${tenantId} has no ${kind} credential in the ${slot} slot.` })
    }
    await removeCredential(tx, tenantId, kind, slot)
    await tellOfCredentials(tx, tenantId, deps.clock.now())
    await deps.onChange?.(tx)
  })
}

async function theTenant(db: Db, tenantId: TenantId): Promise<Tenant> {
  const tenant = await getTenant(db, tenantId)
  if (!tenant) throw new AppError('ERR_TENANT_NOT_FOUND', { facts: { tenantId } })
  return tenant
}

function credentialOf(entry: CredentialEntry, there: readonly SealedCredential[]): Credential {
  const known = idsOf(there[0]?.facts)
  const read = readEntry({ ...entry, tenantId: entry.tenantId ?? known.tenantId, clientId: entry.clientId ?? known.clientId })
  if (!read.ok) throw new AppError('ERR_BAD_INPUT', { message: read.faults.join('\n') })
  const other = there.find(({ slot }) => slot !== entry.slot)
  if (other && !sameIds(other.facts, read.credential.facts)) {
    const message = `The ${other.slot} slot holds a secret of another app. Two secrets of one app may be live at once: drop the ${other.slot} one first.`
    throw new AppError('ERR_BAD_INPUT', { message })
  }
  return read.credential
}

const idsOf = (facts: CredentialFacts | undefined) => ({
  tenantId: facts && 'tenantId' in facts ? facts.tenantId : undefined,
  clientId: facts && 'clientId' in facts ? facts.clientId : undefined,
})

const sameIds = (a: CredentialFacts, b: CredentialFacts): boolean =>
  idsOf(a).tenantId === idsOf(b).tenantId && idsOf(a).clientId === idsOf(b).clientId

async function refuseForeignApp(db: Db, tenantId: TenantId, facts: CredentialFacts): Promise<void> {
  const owner = facts.kind === 'microsoft' ? ownerBeside(tenantId, facts, await appOwners(db)) : undefined
  if (owner !== undefined) throw new AppError('ERR_APP_OF_ANOTHER_TENANT', { message: sentence(appIsTaken(owner)), facts: { owner } })
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** An end the operator gave counts before the one the other side says. */
const withEnd = (credential: Credential, probe: ProbeOutcome | undefined): Credential => ({
  ...credential,
  expiresAt: credential.expiresAt ?? (probe?.result === 'good' ? probe.expiresAt : undefined),
})

const store = (
  { db, keyring, clock, onChange }: KeepDeps,
  tenantId: TenantId,
  credential: Credential,
  probe: ProbeOutcome | undefined,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lockSetup(tx)
    await refuseForeignApp(tx, tenantId, credential.facts)
    const now = clock.now()
    const slot = { kind: credential.facts.kind, slot: credential.slot, setAt: now }
    await saveCredential(tx, keyring, tenantId, credential, now)
    if (probe) await saveCheck(tx, tenantId, slot, afterTry(undefined, probe, now))
    await tellOfCredentials(tx, tenantId, now)
    await onChange?.(tx)
  })
