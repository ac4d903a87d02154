/** Remote control of Partner Center: what colleagues, customers and Microsoft's reviewers do there. */
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { PartnerCenterWorld } from '../partner-center/index.ts'
import { partnerCenterOptionsChange } from '../partner-center/options.ts'
import { overviewOf } from '../partner-center/overview.ts'
import { billingAccounts } from '../partner-center/private-offers/billing-accounts.ts'

const decision = z.strictObject({ passed: z.boolean() })
const lock = z.strictObject({ locked: z.boolean() })
const edit = z.strictObject({ type: z.string(), planId: z.string().optional(), change: z.record(z.string(), z.unknown()) })

interface ByOffer {
  Params: { offerId: string }
}

export const partnerCenterControl =
  (world: PartnerCenterWorld, settled: () => Promise<void>): FastifyPluginAsync =>
  async (app) => {
    app.get('/options', async () => world.options())
    app.patch('/options', async (request) => world.setOptions(partnerCenterOptionsChange.parse(request.body)))
    app.get('/offers', async () => ({ offers: world.products().map(overviewOf) }))
    app.get('/billing-accounts', async () => ({ billingAccounts: billingAccounts() }))
    app.get('/private-offers', async () => ({
      privateOffers: world.privateOffers().map(({ guid, state, accepted }) => ({ guid, state, accepted })),
    }))

    app.get<ByOffer>('/offers/:offerId', async ({ params: { offerId } }) => overviewOf(world.product(offerId)))
    app.post<ByOffer>('/offers/:offerId/decision', async ({ params: { offerId }, body }) => {
      const decided = world.decide(offerId, decision.parse(body).passed)
      await settled()
      return { decided }
    })
    app.post<ByOffer>('/offers/:offerId/edit', async ({ params: { offerId }, body }) =>
      overviewOf(world.editByHand(offerId, edit.parse(body))),
    )
    app.put<ByOffer>('/offers/:offerId/lock', async ({ params: { offerId }, body }) =>
      overviewOf(world.setLocked(offerId, lock.parse(body).locked)),
    )
    app.post<{ Params: { guid: string } }>('/private-offers/:guid/accept', async ({ params: { guid } }) => {
      const { state, accepted } = world.accept(guid)
      return { guid, state, accepted }
    })
  }
