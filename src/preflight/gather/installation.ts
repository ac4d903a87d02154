/** The process, its database, its keys and its address, as they are this moment. */
import { pendingMigrations, serverVersion } from '../../database/index.ts'
import { listFailing, overdueWork } from '../../database/work/index.ts'
import { HttpFailure } from '../../kit/http.ts'
import { isLoopback } from '../../kit/loopback.ts'
import { between, hours, instant, minutes, plus } from '../../kit/time.ts'
import { listCredentials, listTenants, openSecretIfReadable } from '../../tenants/index.ts'
import type { Asked } from '../rules/check.ts'
import type { InstallationFacts } from '../rules/installation.ts'
import { ask, type DoctorDeps } from './deps.ts'

export async function installationFacts(deps: DoctorDeps): Promise<InstallationFacts> {
  const { db, clock, publicUrl } = deps
  const begun = performance.now()
  const database = await ask(async () => ({ version: await serverVersion(db), took: performance.now() - begun }))
  const { count, since } = await overdueWork(db, clock.now())
  return {
    ...{ publicUrl, isPublic: publicUrl.startsWith('https:') && !isLoopback(new URL(publicUrl).hostname) },
    database,
    missingMigrations: await pendingMigrations(db),
    overdue: count,
    longestOverdue: since ? between(since, clock.now()) : 0,
    failing: await failingKinds(deps),
    secrets: await sealedSecrets(deps),
    ...(await entra(deps)),
  }
}

/** Shorter outages pass by themselves. */
const TOLD_AFTER = hours(1)

async function failingKinds({ db, clock }: DoctorDeps): Promise<readonly string[]> {
  const failing = new Set<string>()
  for (const { id } of await listTenants(db)) {
    for (const { kind, code } of await listFailing(db, id, plus(clock.now(), -TOLD_AFTER))) failing.add(`${id} ${kind} (${code})`)
  }
  return [...failing]
}

async function sealedSecrets({ db, keyring }: DoctorDeps): Promise<InstallationFacts['secrets']> {
  let stale = 0
  const unreadable: string[] = []
  for (const { id } of await listTenants(db)) {
    for (const credential of await listCredentials(db, id)) {
      if (openSecretIfReadable(keyring, id, credential) === undefined) unreadable.push(`${id} ${credential.facts.kind} ${credential.slot}`)
      else if (keyring.isStale(credential.sealed)) stale++
    }
  }
  return { stale, unreadable }
}

/** One reading tells of the metadata and of the clock. */
async function entra({ http, clock, loginUrl }: DoctorDeps): Promise<Pick<InstallationFacts, 'clock' | 'signInMetadata'>> {
  try {
    const url = new URL(`${loginUrl}/common/v2.0/.well-known/openid-configuration`)
    const { status, headers, text } = await http.send({ method: 'GET', url })
    const date = Date.parse(headers['date'] ?? '')
    const known: Asked<{ ahead: number }> = Number.isNaN(date)
      ? { answered: false, because: 'Entra’s answer had no Date header.' }
      : { answered: true, value: { ahead: wholeSeconds(between(instant(date), clock.now())) } }
    return {
      clock: known,
      signInMetadata: { answered: true, value: { status, readable: status === 200 && text.includes('authorization_endpoint') } },
    }
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    const silent = { answered: false, because: `Entra does not answer (${error.message}).` } as const
    return { clock: silent, signInMetadata: { answered: true, value: { status: 0, readable: false } } }
  }
}

/** The header has no more, and the way here takes some of it: a second either way is nothing. */
const wholeSeconds = (ahead: number): number => (Math.abs(ahead) < minutes(1) / 30 ? 0 : ahead)
