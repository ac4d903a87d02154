/** A publisher's credentials, each tried this moment, and what was declared of its account. */
import type { TenantId } from '../../kit/ids.ts'
import { webhookHealth } from '../../subscriptions/index.ts'
import { type Checked, type CredentialKind, checkCredentials, listProducts, type ProbeOutcome, redirectUriOf } from '../../tenants/index.ts'
import type { TenantFacts, TriedCredential } from '../rules/tenant.ts'
import { readDeclarations } from '../store.ts'
import { ask, type DoctorDeps } from './deps.ts'

/** What the checks show is kept, as that of the schedule. */
export async function tenantFacts(deps: DoctorDeps, tenantId: TenantId): Promise<TenantFacts> {
  const { db, clock, publicUrl } = deps
  const checked = await checkCredentials(deps, tenantId)
  const signIn = tried(checked, 'signIn')
  const webhook = await webhookHealth(db, tenantId)
  return {
    now: clock.now(),
    declarations: await readDeclarations(db, tenantId),
    connect: tried(checked, 'connect'),
    microsoft: tried(checked, 'microsoft'),
    partnerCenter: tried(checked, 'partnerCenter'),
    signIn: { ...signIn, whose: checked.some(({ slot }) => slot === 'installation') ? 'installation' : 'tenant' },
    redirectUri: redirectUriOf(publicUrl),
    secrets: checked.map(({ kind, slot, setAt, expiresAt }) => ({ name: `${kind} ${slot}`, setAt, expiresAt })),
    webhookHeardAt: webhook.lastHeardAt ?? webhook.firstToken?.at,
    products: await ask(async () => (await listProducts(db, tenantId)).filter(({ status }) => status === 'active').length),
  }
}

/** Of two slots the one that works counts; the other's refusal is a note. */
function tried(checked: readonly Checked[], kind: CredentialKind): TriedCredential {
  const all = checked.filter((one) => one.kind === kind)
  const good = all.find(({ outcome }) => outcome.result === 'good')
  const [first] = all
  if (!first) return { state: 'notSet' }
  if (!good) return triedOf(first.outcome)
  const others = all.flatMap(({ slot, outcome }) => (outcome.result === 'good' ? [] : [`The ${slot} one is not: ${outcome.reason}`]))
  const shown = triedOf(good.outcome)
  return shown.state === 'good' ? { ...shown, notes: [...shown.notes, ...others] } : shown
}

function triedOf(outcome: ProbeOutcome): TriedCredential {
  if (outcome.result === 'good') return { state: 'good', notes: outcome.notes }
  const { result: state, code, reason, todo } = outcome
  return { state, code, reason, todo }
}
