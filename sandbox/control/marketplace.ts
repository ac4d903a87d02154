/** Remote control of the marketplace: buying, and what buyers and Microsoft do later. */
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Answer } from '../marketplace/answer.ts'
import type { MarketplaceWorld } from '../marketplace/index.ts'
import { optionsChange } from '../marketplace/options.ts'
import { order } from '../marketplace/purchase.ts'
import type { Operation, Subscription } from '../marketplace/types.ts'

interface ById {
  Params: { id: string }
}

const plan = z.strictObject({ planId: z.string() })
const seats = z.strictObject({ quantity: z.number().int() })
const ofSubscription = z.object({ subscriptionId: z.string().optional() })
const processed = z.strictObject({ processed: z.union([z.number().min(0), z.literal('rejected')]) })
const renewal = z.strictObject({ autoRenew: z.boolean() })

export const marketplaceControl =
  (world: MarketplaceWorld): FastifyPluginAsync =>
  async (app) => {
    app.get('/offers', async () => ({ offers: world.offers() }))
    app.get('/options', async () => world.options())
    app.patch('/options', async (request) => world.setOptions(optionsChange.parse(request.body)))
    app.post('/purchases', async (request, reply) => reply.code(201).send(world.purchase(order.parse(request.body))))
    app.get('/subscriptions', async () => ({ subscriptions: world.subscriptions().map(short) }))
    app.get('/deliveries', async () => ({ deliveries: world.deliveries() }))

    app.get('/usage', async ({ query }) => ({ usage: world.usage(ofSubscription.parse(query).subscriptionId) }))
    app.get('/billed', async ({ query }) => ({ billed: world.billed(ofSubscription.parse(query).subscriptionId) }))
    app.put<ById>('/usage/:id/processed', async ({ params: { id }, body }, reply) => {
      world.setProcessed(id, processed.parse(body).processed)
      return reply.code(204).send()
    })

    app.get<ById>('/subscriptions/:id', async ({ params: { id } }, reply) => {
      const found = world.subscription(id)
      if (!found) return reply.code(404).send({ error: 'there is no such subscription' })
      return { ...short(found), operations: world.operations(id), deliveries: world.deliveries(id) }
    })
    app.post<ById>('/subscriptions/:id/token', async ({ params: { id } }) => world.newToken(id))
    app.post<ById>('/subscriptions/:id/plan', async ({ params: { id }, body }, reply) =>
      tell(reply, world.changePlan(id, plan.parse(body).planId)),
    )
    app.post<ById>('/subscriptions/:id/quantity', async ({ params: { id }, body }, reply) =>
      tell(reply, world.changeQuantity(id, seats.parse(body).quantity)),
    )
    app.post<ById>('/subscriptions/:id/suspend', async ({ params: { id } }, reply) => tell(reply, world.suspend(id)))
    app.post<ById>('/subscriptions/:id/reinstate', async ({ params: { id } }, reply) => tell(reply, world.reinstate(id)))
    app.post<ById>('/subscriptions/:id/renew', async ({ params: { id } }, reply) => tell(reply, world.renew(id)))
    app.post<ById>('/subscriptions/:id/cancel', async ({ params: { id } }, reply) => tell(reply, world.cancel(id)))
    app.put<ById>('/subscriptions/:id/renewal', async ({ params: { id }, body }, reply) => {
      world.setAutoRenew(id, renewal.parse(body).autoRenew)
      return reply.code(204).send()
    })
  }

const tell = (reply: FastifyReply, answer: Answer<Operation>): FastifyReply =>
  answer.ok ? reply.code(202).send(answer.value) : reply.code(answer.refusal.status).send({ error: answer.refusal })

/** The subscription with its offer's id in place of the whole offer. */
const short = ({ offer, ...rest }: Subscription): object => ({ ...rest, offerId: offer.offerId })
