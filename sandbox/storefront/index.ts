/** The storefront: a shop window on the marketplace world, for people with a browser and no account. */
import formBody from '@fastify/formbody'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify'
import { sendPage } from '../layout.tsx'
import type { MarketplaceWorld } from '../marketplace/index.ts'
import { assetRoutes } from './assets.ts'
import type { StorefrontDeps } from './deps.ts'
import { buyForm, clockForm, reasonOf, STEPS } from './forms.ts'
import { missingPage } from './missing.tsx'
import { offerPage } from './offer.tsx'
import { shopPage } from './shop.tsx'
import { subscriptionRoutes } from './subscription-routes.ts'
import { subscriptionsPage } from './subscriptions.tsx'

export const storefront =
  (deps: StorefrontDeps): FastifyPluginAsync =>
  async (app) => {
    await app.register(formBody)
    assetRoutes(app)
    shopRoutes(app, deps)
    subscriptionRoutes(app, deps)
    clockRoute(app, deps)
  }

interface ByOffer {
  Params: { offerId: string }
}

function shopRoutes(app: FastifyInstance, { world, clock }: StorefrontDeps): void {
  const find = (offerId: string) => world.offers().find((offer) => offer.offerId === offerId)

  app.get('/', async (_request, reply) => sendPage(reply, shopPage(world.offers(), clock.now())))

  app.get<ByOffer>('/store/offers/:offerId', async ({ params }, reply) => {
    const offer = find(params.offerId)
    return offer ? sendPage(reply, offerPage({ offer, now: clock.now() })) : sendMissing(reply)
  })

  app.post<ByOffer>('/store/offers/:offerId', async ({ params, body }, reply) => {
    const offer = find(params.offerId)
    if (!offer) return sendMissing(reply)
    const bought = buy(world, params.offerId, body)
    if ('id' in bought) return reply.redirect(`/store/subscriptions/${bought.id}`, 303)
    return sendPage(reply, offerPage({ offer, now: clock.now(), problem: bought.problem, given: asRecord(body) }), 400)
  })
}

function buy(world: MarketplaceWorld, offerId: string, body: unknown): { readonly id: string } | { readonly problem: string } {
  const read = buyForm.safeParse(body)
  if (!read.success) return { problem: reasonOf(read.error) }
  try {
    return { id: world.purchase({ offerId, ...read.data }).subscriptionId }
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message }
    throw error
  }
}

function clockRoute(app: FastifyInstance, { world, clock, settled }: StorefrontDeps): void {
  app.get('/store/subscriptions', async (_request, reply) => sendPage(reply, subscriptionsPage(world.subscriptions(), clock.now())))

  app.post('/store/clock', async ({ body }, reply) => {
    const read = clockForm.safeParse(body)
    if (!read.success) return sendMissing(reply)
    clock.moveBy(STEPS[read.data.by])
    await settled()
    return reply.redirect(read.data.back, 303)
  })
}

const sendMissing = (reply: FastifyReply): FastifyReply => sendPage(reply, missingPage(), 404)

const asRecord = (body: unknown): Record<string, unknown> => (typeof body === 'object' && body !== null ? { ...body } : {})
