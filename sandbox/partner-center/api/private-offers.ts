/** Reading private offers, and the price a plan has, as a template for one. */
import type { FastifyInstance } from 'fastify'
import { idOfPart } from '../ids.ts'
import { wirePrivateOffer, wirePrivatePrice } from '../private-offers/wire.ts'
import { priceView } from '../views.ts'
import type { ApiDeps } from './deps.ts'
import { ceilingOf, notFound, param, queryOf, refuse } from './frame.ts'
import { sendPage } from './page.ts'

const PRICE = 'price-and-availability-private-offer-plan'

export function privateOfferRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { state } = deps.context

  app.get('/private-offer/query', async (request, reply) =>
    sendPage(
      request,
      reply,
      [...state.privateOffers.values()].map((offer) => wirePrivateOffer(state, offer, ceilingOf(request))),
      deps,
    ),
  )
  app.get('/private-offer/:guid', async (request, reply) => {
    const offer = state.privateOffers.get(param(request, 'guid'))
    return offer ? reply.send(wirePrivateOffer(state, offer, ceilingOf(request))) : refuse(reply, 404, notFound('The private offer'))
  })
  app.get(`/${PRICE}/:guid`, async (request, reply) => {
    const guid = param(request, 'guid')
    const asked = queryOf(request, 'plan') ?? ''
    const plan = asked.startsWith('plan/') ? asked : `plan/${guid}/${asked}`
    const found = state.products.get(guid)?.live?.get(idOfPart('price-and-availability-plan', guid, { plan }))
    if (!found) return refuse(reply, 404, notFound('The price of the plan'))
    const { pricing } = priceView.parse(found.body)
    const body = { product: `product/${guid}`, plan, offerPricingType: 'editExistingOfferPricingOnly', pricing: pricing ?? {} }
    return reply.send(wirePrivatePrice({ type: PRICE, id: `${PRICE}/${guid}/${plan.split('/')[2]}`, body }, ceilingOf(request)))
  })
}
