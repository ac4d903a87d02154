/** The API's door: a world with two tenants, and keys for each. */
import type { InjectOptions } from 'fastify'
import { createApiKey, type Scope } from '../../src/identity/index.ts'
import { tenantId } from '../../src/kit/ids.ts'
import { activated, createNotifiedWorld } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'

export const OTHER = tenantId.parse('foxglove')

export interface Door {
  readonly world: World
  readonly bought: Bought
  readonly keyOf: (scopes: readonly Scope[], tenant?: typeof TENANT) => Promise<string>
  readonly call: (key: string | undefined, method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Readonly<Record<string, unknown>>
}

export async function openDoor(): Promise<Door> {
  const world = await createNotifiedWorld()
  const { db } = world.database
  const now = new Date(world.clock.now().getTime())
  await db
    .insertInto('tenants')
    .values({ id: OTHER, name: 'Foxglove', status: 'active', connect_api_url: null, created_at: now, updated_at: now })
    .execute()
  const bought = await activated(world)
  return {
    world,
    bought,
    keyOf: async (scopes, tenant = TENANT) =>
      (await createApiKey(db, { tenantId: tenant, name: 'nightly', scopes, by: 'mara' }, world.clock.now())).text,
    async call(key, method, path, body) {
      const request: InjectOptions = {
        method,
        url: `/api/v1${path}`,
        ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
        ...(body === undefined ? {} : { payload: body as object }),
      }
      const reply = await world.bridge.app.inject(request)
      return { status: reply.statusCode, body: reply.json(), headers: reply.headers }
    },
  }
}
