/** For tests: a publisher's program that calls the Product Ingestion API with a real token, on a clock that stands until it is moved. */
import { readFileSync } from 'node:fs'
import { days, standingClock } from '../../src/kit/time.ts'
import { publisher } from '../seed.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { accessToken, type Reply, replyOf } from '../testing/publisher.ts'

export type Sent = Readonly<Record<string, unknown>>

export interface TestPartnerCenter {
  readonly sandbox: Sandbox
  call(method: 'GET' | 'POST', path: string, body?: unknown, version?: string): Promise<Reply>
  /** Sends resources, lets all the time pass their job may need, and reads how it ended. */
  configure(resources: readonly Sent[], version?: string): Promise<JobEnd>
  /** A resource tree's resources by type. */
  tree(guid: string, target?: string): Promise<readonly Sent[]>
  stop(): Promise<void>
}

export interface JobEnd {
  readonly id: string
  readonly result: string
  /** The innermost messages. */
  readonly causes: readonly string[]
  readonly errors: unknown
}

export const V = '2022-03-01-preview5'
const partnerCenterApp = { client_id: publisher.partnerCenterApp.clientId, client_secret: publisher.partnerCenterApp.secret }

export async function startPartnerCenter(): Promise<TestPartnerCenter> {
  const sandbox = await startSandbox({ port: 0, clock: standingClock('2026-05-04T18:00:00Z') })
  let token = await graphToken(sandbox)

  async function call(method: 'GET' | 'POST', path: string, body?: unknown, version = V): Promise<Reply> {
    const url = `${sandbox.urls.ingestion}/${path}${path.includes('?') ? '&' : '?'}$version=${version}`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return replyOf(await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }))
  }

  async function configure(resources: readonly Sent[], version = V): Promise<JobEnd> {
    const envelope = version === V ? '2022-03-01-preview2' : '2022-07-01'
    const sent = await call('POST', 'configure', { $schema: uri('configure', envelope), resources }, version)
    if (sent.status !== 202) throw new Error(`${sent.status} ${sent.text}`)
    const id = at(sent.json, 'jobId')
    await pass(sandbox)
    token = await graphToken(sandbox)
    const { json } = await call('GET', `configure/${id}/status`)
    const errors = typeof json === 'object' && json !== null && 'errors' in json ? json.errors : []
    return { id, result: at(json, 'jobResult'), causes: leaves(errors), errors }
  }

  return {
    ...{ sandbox, call, configure },
    async tree(guid, target = 'draft') {
      const { json } = await call('GET', `resource-tree/product/${guid}?targetType=${target}`)
      return typeof json === 'object' && json !== null && 'resources' in json && Array.isArray(json.resources) ? json.resources : []
    },
    stop: () => sandbox.stop(),
  }
}

/** A token for Graph, as the app that may manage offers. */
export const graphToken = (sandbox: Sandbox, credential: Readonly<Record<string, string>> = partnerCenterApp): Promise<string> =>
  accessToken(sandbox, { scope: 'https://graph.microsoft.com/.default', ...credential })

/** Long enough for everything that was begun. */
export async function pass(sandbox: Sandbox): Promise<void> {
  await sandbox.settled()
  for (let round = 0; round < 3; round++) {
    sandbox.clock.moveBy(days(0.01))
    await sandbox.settled()
  }
}

export const uri = (type: string, version: string): string => `https://schema.mp.microsoft.com/schema/${type}/${version}`

export const example = (name: string): { readonly $schema: string; readonly resources: readonly Sent[] } =>
  JSON.parse(readFileSync(new URL(`examples/${name}.json`, import.meta.url), 'utf8'))

/** A text member of an answer. */
export function at(json: unknown, name: string): string {
  const found = typeof json === 'object' && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : undefined
  return String(found)
}

function leaves(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return []
  return errors.flatMap((error: unknown) => {
    const details = typeof error === 'object' && error !== null && 'details' in error ? error.details : []
    const inner = leaves(details)
    return inner.length > 0 ? inner : [at(error, 'message')]
  })
}
