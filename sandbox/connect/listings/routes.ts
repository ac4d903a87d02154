/** `/listing-requests`: read by both sides, written by the vendor, moved on by the distributor. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { connectSeed } from '../../seed.ts'
import { listingRequestCollection } from '../collections/places.ts'
import type { ListingRequest } from '../records.ts'
import { forbidden } from '../refusal.ts'
import { found, oneById, only, param, roleOf, sendList } from '../routes/http.ts'
import type { State } from '../state.ts'
import { assignListingRequest, createListingRequest, LISTING_ACTIONS, moveListingRequest } from './move.ts'

export function listingRoutes(app: FastifyInstance, state: State): void {
  const permitted = (call: FastifyRequest): void => {
    if (state.options.listingRequests === 'refused' && roleOf(call) === 'provider') throw forbidden()
  }
  const requestAt = (call: FastifyRequest): ListingRequest => {
    permitted(call)
    return found(state.listingRequests.get(param(call, 'id')), 'Listing request')
  }

  app.get('/listing-requests', (call, reply) => {
    permitted(call)
    return sendList(call, reply, listingRequestCollection(state, roleOf(call)))
  })
  app.get('/listing-requests/:id', async (call) => {
    permitted(call)
    return oneById(listingRequestCollection(state, roleOf(call)), param(call, 'id'))
  })
  app.post('/listing-requests', async (call, reply) => {
    only('vendor', call)
    const request = createListingRequest(state, call.body)
    return reply.code(201).send(oneById(listingRequestCollection(state, 'vendor'), request.id))
  })
  for (const action of LISTING_ACTIONS) {
    app.post(`/listing-requests/:id/${action}`, async (call) => {
      const request = requestAt(call)
      moveListingRequest(state, request, action, roleOf(call))
      return oneById(listingRequestCollection(state, 'vendor'), request.id)
    })
  }
  for (const action of ['assign', 'unassign'] as const) {
    app.post(`/listing-requests/:id/${action}`, async (call) => {
      only('provider', call)
      const request = requestAt(call)
      assignListingRequest(state, request, action === 'assign' ? userOf(connectSeed.provider.token) : undefined)
      return oneById(listingRequestCollection(state, 'provider'), request.id)
    })
  }
}

const userOf = (token: string): string => token.slice('ApiKey '.length).split(':')[0] ?? ''
