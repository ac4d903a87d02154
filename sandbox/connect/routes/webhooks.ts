/** `/notifications/webhooks`: each side sees its own. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { webhookCollection } from '../collections/places.ts'
import type { Webhook } from '../records.ts'
import { forbidden, invalid } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Poker } from '../webhooks/poke.ts'
import { changeWebhook, createWebhook, webhookWire } from '../webhooks/store.ts'
import { found, param, roleOf } from './http.ts'
import { listAndOne } from './places.ts'

export function webhookRoutes(app: FastifyInstance, state: State, poker: Poker): void {
  const path = '/notifications/webhooks'
  const ownAt = (call: FastifyRequest): Webhook => {
    const webhook = found(state.webhooks.get(param(call, 'id')), 'Webhook')
    return found(webhook.account === roleOf(call) ? webhook : undefined, 'Webhook')
  }

  listAndOne(app, path, (call) => webhookCollection(state, roleOf(call)))
  app.post(path, async (call, reply) => {
    if (state.options.webhooks === 'refused') throw forbidden()
    return reply.code(201).send(webhookWire(state, createWebhook(state, call.body, roleOf(call))))
  })
  app.put(`${path}/:id`, async (call) => {
    const webhook = ownAt(call)
    changeWebhook(state, webhook, call.body)
    return webhookWire(state, webhook)
  })
  app.delete(`${path}/:id`, async (call, reply) => {
    state.webhooks.delete(ownAt(call).id)
    return reply.code(204).send()
  })
  app.post(`${path}/:id/trigger`, async (call) => {
    const webhook = ownAt(call)
    if (!webhook.active) throw invalid('The webhook is not active.')
    await poker.trigger(webhook)
    return webhookWire(state, webhook)
  })
}
