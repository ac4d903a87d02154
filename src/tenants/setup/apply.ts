/** Makes the installation as a set-up says, whole or not at all. */
import type { Keyring } from '../../database/secrets.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Db, Tx } from '../../database/types.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Clock, Instant } from '../../kit/time.ts'
import { appOwners } from '../store/app-owners.ts'
import { keepFile, removeContents, saveOfferContent, savePlanContent } from '../store/contents.ts'
import { removeCredential, saveCredential } from '../store/credentials.ts'
import { saveOffer, savePlanMapping, saveProduct, saveTenant } from '../store/save.ts'
import type { Change } from './changes.ts'
import { loadTenant } from './current.ts'
import { desiredOf } from './desired.ts'
import type { DesiredOfferContent } from './desired-contents.ts'
import type { SetupFault } from './faults.ts'
import { foreignApps } from './foreign-apps.ts'
import { lockSetup } from './lock.ts'
import { planTenant, type Step } from './plan.ts'
import type { SetupFile } from './schema.ts'
import { warningsOf } from './warnings.ts'

export interface ApplyDeps {
  readonly db: Db
  readonly keyring: Keyring
  readonly clock: Clock
  /** Only says what would change. */
  readonly dryRun?: boolean
  /** Called in the same transaction when something changed: to wake what waited for it. */
  readonly onChange?: (tx: Tx, changes: readonly Change[]) => Promise<void>
  /** What else the file asks for, changed or not and in a dry run too: in the same transaction, so that what it throws undoes all of it. */
  readonly afterwards?: (tx: Tx) => Promise<void>
}

export type ApplyOutcome =
  | { readonly ok: true; readonly changes: readonly Change[]; readonly warnings: readonly SetupFault[] }
  /** Nothing was changed. */
  | { readonly ok: false; readonly faults: readonly SetupFault[] }

/**
 * Creates and updates what the set-up lists; tenants, products and credential kinds it does not list stay. Applying it again changes
 * nothing. Two at once wait for each other.
 */
export const applySetup = (setup: SetupFile, deps: ApplyDeps): Promise<ApplyOutcome> =>
  inTransaction(deps.db, async (tx) => {
    await lockSetup(tx)
    const now = deps.clock.now()
    const steps: { readonly tenantId: TenantId; readonly step: Step }[] = []
    const wanted = desiredOf(setup)
    const faults: SetupFault[] = [...foreignApps(wanted, await appOwners(tx))]
    const warnings: SetupFault[] = []
    for (const desired of wanted) {
      const tenantId = desired.tenant.value.id
      const current = await loadTenant(tx, deps.keyring, tenantId)
      const plan = planTenant(desired, current)
      steps.push(...plan.steps.map((step) => ({ tenantId, step })))
      faults.push(...plan.faults)
      warnings.push(...warningsOf(desired, current, now))
    }
    if (faults.length > 0) return { ok: false, faults }
    const changes = steps.map(({ step }) => step.change)
    if (!deps.dryRun) await carryOut(tx, steps, changes, deps, now)
    await deps.afterwards?.(tx)
    return { ok: true, changes, warnings }
  })

async function carryOut(
  tx: Tx,
  steps: readonly { readonly tenantId: TenantId; readonly step: Step }[],
  changes: readonly Change[],
  { keyring, onChange }: ApplyDeps,
  now: Instant,
): Promise<void> {
  for (const { tenantId, step } of steps) await write(tx, keyring, tenantId, step, now)
  if (changes.length > 0) await onChange?.(tx, changes)
}

function write(tx: Tx, keyring: Keyring, tenantId: TenantId, step: Step, now: Instant): Promise<void> {
  switch (step.write) {
    case 'tenant':
      return saveTenant(tx, step.value, now)
    case 'credential':
      return saveCredential(tx, keyring, tenantId, step.value, now)
    case 'noCredential':
      return removeCredential(tx, tenantId, step.kind, step.slot)
    case 'product':
      return saveProduct(tx, step.value, now)
    case 'offer':
      return saveOffer(tx, step.value, now)
    case 'plan':
      return savePlanMapping(tx, tenantId, step.value, now)
    case 'offerContent':
      return writeOfferContent(tx, keyring, tenantId, step.value, now)
    case 'planContent':
      return savePlanContent(tx, tenantId, step.value, now)
    case 'noContent':
      return removeContents(tx, tenantId, step.offerId)
  }
}

async function writeOfferContent(tx: Tx, keyring: Keyring, tenantId: TenantId, value: DesiredOfferContent, now: Instant): Promise<void> {
  for (const file of value.files) await keepFile(tx, tenantId, file, now)
  await saveOfferContent(tx, keyring, tenantId, value, now)
}
