/** A publisher's credentials, each tried this moment, and what was declared of its account. */
import { entraClientId, type TenantId } from '../../kit/ids.ts'
import { webhookHealth } from '../../subscriptions/index.ts'
import {
  type Checked,
  type CredentialKind,
  checkCredentials,
  getTenant,
  listProducts,
  type ProbeOutcome,
  probeCredential,
  redirectUriOf,
} from '../../tenants/index.ts'
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
    signIn: signIn.state === 'notSet' ? await installationsApp(deps, tenantId) : { ...signIn, whose: 'tenant' },
    redirectUri: redirectUriOf(publicUrl),
    secrets: checked.map(({ slot }) => ({ name: `${slot.kind} ${slot.slot}`, setAt: slot.setAt, expiresAt: slot.expiresAt })),
    webhookHeardAt: webhook.lastHeardAt ?? webhook.firstToken?.at,
    products: await ask(async () => (await listProducts(db, tenantId)).filter(({ status }) => status === 'active').length),
  }
}

/** Of two slots the one that works counts; the other's refusal is a note. */
function tried(checked: readonly Checked[], kind: CredentialKind): TriedCredential {
  const all = checked.filter(({ slot }) => slot.kind === kind)
  const good = all.find(({ outcome }) => outcome.result === 'good')
  const [first] = all
  if (!first) return { state: 'notSet' }
  if (!good) return triedOf(first.outcome)
  const others = all.flatMap(({ slot, outcome }) => (outcome.result === 'good' ? [] : [`The ${slot.slot} one is not: ${outcome.reason}`]))
  const shown = triedOf(good.outcome)
  return shown.state === 'good' ? { ...shown, notes: [...shown.notes, ...others] } : shown
}

function triedOf(outcome: ProbeOutcome): TriedCredential {
  if (outcome.result === 'good') return { state: 'good', notes: outcome.notes }
  const { result: state, code, reason, todo } = outcome
  return { state, code, reason, todo }
}

async function installationsApp(deps: DoctorDeps, tenantId: TenantId): Promise<TenantFacts['signIn']> {
  const tenant = await getTenant(deps.db, tenantId)
  const [secret] = deps.signInApp?.secrets ?? []
  if (!tenant || !deps.signInApp || secret === undefined) return { state: 'notSet' }
  const facts = { kind: 'signIn', clientId: entraClientId.parse(deps.signInApp.clientId) } as const
  return { ...triedOf(await probeCredential(deps, tenant, { facts, secret })), whose: 'installation' }
}
