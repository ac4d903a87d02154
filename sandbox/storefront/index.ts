/** The storefront: a shop window on the marketplace world, for people with a browser and no account. */
import formBody from '@fastify/formbody'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../layout.tsx'
import type { MarketplaceWorld } from '../marketplace/index.ts'
import type { Offer } from '../marketplace/types.ts'
import { assetRoutes } from './assets.ts'
import { asSeenBy, isInvited, shownTo, visitorCookie, visitorOf } from './audience.ts'
import type { StorefrontDeps } from './deps.ts'
import { buyForm, clockForm, personForm, reasonOf, STEPS } from './forms.ts'
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
  /** `plan`: a hidden one the visitor was told of. */
  Querystring: { preview?: string; plan?: string }
}

function shopRoutes(app: FastifyInstance, { world, clock }: StorefrontDeps): void {
  app.get('/', async ({ headers }, reply) => {
    const person = visitorOf(headers.cookie)
    return sendPage(reply, shopPage(shownTo(person, world.offers(), world.previews()), person, clock.now()))
  })

  app.get<ByOffer>('/store/offers/:offerId', async (call, reply) => {
    const offer = offerFor(world, call)
    const person = visitorOf(call.headers.cookie)
    const given = { ...(call.query.preview === 'yes' ? { preview: 'yes' } : {}), ...(person ? { buyer: person.key } : {}) }
    return offer ? sendPage(reply, offerPage({ offer, now: clock.now(), given })) : sendMissing(reply)
  })

  app.post<ByOffer>('/store/offers/:offerId', async (call, reply) => {
    const offer = offerFor(world, call)
    if (!offer) return sendMissing(reply)
    const bought = buy(world, call.params.offerId, call.body)
    if ('id' in bought) return reply.redirect(`/store/subscriptions/${bought.id}`, 303)
    return sendPage(reply, offerPage({ offer, now: clock.now(), problem: bought.problem, given: asRecord(call.body) }), 400)
  })

  app.post('/store/person', async ({ body }, reply) => {
    const read = personForm.safeParse(body)
    if (!read.success) return sendMissing(reply)
    return reply.header('set-cookie', visitorCookie(read.data.person)).redirect('/', 303)
  })
}

/** As this visitor may see it; undefined where it is not for them. */
function offerFor(
  world: MarketplaceWorld,
  { params, query, headers, body }: Pick<FastifyRequest<ByOffer>, 'params' | 'query' | 'headers' | 'body'>,
): Offer | undefined {
  const person = visitorOf(headers.cookie)
  const named = ({ offerId }: Offer) => offerId === params.offerId
  const published = world.offers().find(named)
  const preview = world.previews().find(named)
  const wantsPreview = query.preview === 'yes' || asRecord(body)['preview'] === 'yes'
  if (preview && wantsPreview && (isInvited(person, preview) || published)) return preview
  return published && asSeenBy(person, published, query.plan)
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
