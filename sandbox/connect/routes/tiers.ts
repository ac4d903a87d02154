/** `/tier/accounts`, `/tier/configs`, `/tier/config-requests`. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { connectSeed } from '../../seed.ts'
import { tierAccountCollection, tierConfigCollection, tierConfigRequestCollection } from '../collections/places.ts'
import { at, isObject } from '../json.ts'
import type { TierConfigRequest } from '../records.ts'
import { invalid } from '../refusal.ts'
import { idOf } from '../requests/body.ts'
import { approveTierConfig, failTierConfig } from '../requests/tier-outcome.ts'
import type { State } from '../state.ts'
import { keep } from '../tiers/accounts.ts'
import { inquireTierConfig, pendTierConfig, tierRequestChanged, updateTierConfigParams } from '../tiers/configs.ts'
import { contactFaults } from '../tiers/contact.ts'
import { stamp } from '../wire/common.ts'
import { tierAccountWire, tierConfigRequestWire } from '../wire/tiers.ts'
import { found, only, param, roleOf, sendList } from './http.ts'
import { listAndOne } from './places.ts'

export function tierRoutes(app: FastifyInstance, state: State): void {
  listAndOne(app, '/tier/accounts', () => tierAccountCollection(state))
  app.post('/tier/accounts', async (call, reply) => {
    only('provider', call)
    return reply.code(201).send(tierAccountWire(state, createAccount(state, call.body)))
  })
  listAndOne(app, '/tier/configs', (call) => tierConfigCollection(state, roleOf(call)))
  configRequestRoutes(app, state)
}

function createAccount(state: State, body: unknown) {
  if (!isObject(body)) throw invalid('body: Expected an object.')
  const hubId = idOf(body['hub']) ?? connectSeed.hubs.production.id
  const environment = hubId === connectSeed.hubs.test.id ? 'test' : 'production'
  const faults = contactFaults(body, 'account', false).map((fault) => fault.replace(/^account\./, ''))
  if (body['type'] !== 'customer' && body['type'] !== 'reseller') faults.push(`type: "${String(body['type'])}" is not a valid choice.`)
  if (hubId !== connectSeed.hubs[environment].id) faults.push(`hub.id: Hub "${hubId}" not found.`)
  if (faults.length > 0) throw invalid(...faults)
  return keep(state, body, environment, idOf(body['parent']))
}

function configRequestRoutes(app: FastifyInstance, state: State): void {
  const requestAt = (call: FastifyRequest): TierConfigRequest =>
    found(state.tierConfigRequests.get(param(call, 'id')), 'Tier configuration request')
  const path = '/tier/config-requests'

  app.get(path, (call, reply) => sendList(call, reply, tierConfigRequestCollection(state, roleOf(call))))
  app.get(`${path}/:id`, async (call) => tierConfigRequestWire(state, requestAt(call), roleOf(call)))
  app.put(`${path}/:id`, async (call) => {
    updateTierConfigParams(state, requestAt(call), at(call.body, 'params'), roleOf(call))
    return tierConfigRequestWire(state, requestAt(call), roleOf(call))
  })
  app.post(`${path}/:id/approve`, async (call) => {
    only('vendor', call)
    const request = requestAt(call)
    approveTierConfig(state, request, idOf(at(call.body, 'template')))
    return {
      template: { id: request.templateId, representation: '' },
      effective_date: request.effectiveDate && stamp(request.effectiveDate),
    }
  })

  const silent = (name: string, role: 'provider' | 'vendor', run: (request: TierConfigRequest, body: unknown) => void): void => {
    app.post(`${path}/:id/${name}`, async (call, reply) => {
      only(role, call)
      run(requestAt(call), call.body)
      return reply.code(204).send()
    })
  }
  silent('fail', 'vendor', (request, body) => failTierConfig(state, request, String(at(body, 'reason') ?? '')))
  silent('inquire', 'vendor', (request) => inquireTierConfig(state, request))
  silent('pend', 'provider', (request) => pendTierConfig(state, request))
  const assign = (assignee: string | undefined) => (request: TierConfigRequest) => {
    request.assignee = assignee
    tierRequestChanged(state, request)
  }
  silent('assign', 'vendor', assign('UR-310-441-001'))
  silent('unassign', 'vendor', assign(undefined))
}
