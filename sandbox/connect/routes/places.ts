/** `/auth/context`, accounts, marketplaces, hubs, listings. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { connectSeed } from '../../seed.ts'
import {
  accountCollection,
  hubCollection,
  hubConnectionCollection,
  listingCollection,
  marketplaceCollection,
} from '../collections/places.ts'
import { ENVIRONMENTS } from '../collections/products.ts'
import type { Environment } from '../records.ts'
import type { Collection } from '../rql/collection.ts'
import { hubOf, type State } from '../state.ts'
import { marketplaceRef } from '../wire/common.ts'
import { contextWire, hubWire } from '../wire/places.ts'
import { found, oneById, param, roleOf, sendList } from './http.ts'

export function placeRoutes(app: FastifyInstance, state: State): void {
  app.get('/auth/context', async (call) => contextWire(roleOf(call)))
  listAndOne(app, '/accounts', (call) => accountCollection(roleOf(call)))
  listAndOne(app, '/marketplaces', () => marketplaceCollection())
  listAndOne(app, '/listings', () => listingCollection(state))

  const hubAt = (call: FastifyRequest): Environment =>
    found(
      ENVIRONMENTS.find((environment) => hubOf(environment) === param(call, 'id')),
      'Hub',
    )
  app.get('/hubs', (call, reply) => sendList(call, reply, hubCollection()))
  app.get('/hubs/:id', async (call) => hubWire(hubAt(call)))
  app.get('/hubs/:id/connections', (call, reply) => sendList(call, reply, hubConnectionCollection(state, hubAt(call))))
  app.get('/hubs/:id/marketplaces', (call, reply) => {
    const external = hubAt(call) === 'test' ? 'microsoft-test' : 'microsoft'
    const row = { ...marketplaceRef, description: '', external_id: external }
    return sendList(call, reply, { fields: {}, all: () => [connectSeed.marketplace.id], render: () => row })
  })
}

/** A collection and its rows by id. */
export function listAndOne<T>(app: FastifyInstance, path: string, collection: (call: FastifyRequest) => Collection<T>): void {
  app.get(path, (call, reply) => sendList(call, reply, collection(call)))
  app.get(`${path}/:id`, async (call) => oneById(collection(call), param(call, 'id')))
}
