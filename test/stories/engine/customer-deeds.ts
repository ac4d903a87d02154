/** What the buyer does: at Microsoft, on the landing page, in the vendor's form. And what Microsoft does by itself. */
import { z } from 'zod'
import { granted } from '../../../sandbox/marketplace/answer.ts'
import { products } from '../../../sandbox/seed.ts'
import { productId, subscriptionId } from '../../../src/kit/ids.ts'
import { confirmOrder, landPurchase } from '../../../src/subscriptions/index.ts'
import { anOrder, buy, TENANT, visitorOf } from '../../helpers/world.ts'
import { boughtIn, type Deed, deed, idIn, plainDeed } from './deed.ts'
import type { Scene } from './stage.ts'

const seats = z.number().int().nonnegative()

const purchase = z.strictObject({
  offer: z.string(),
  plan: z.string(),
  seats: seats.optional(),
  preview: z.boolean().optional(),
  'through a partner': z.boolean().optional(),
  'for a year': z.boolean().optional(),
  'for somebody else': z.boolean().optional(),
  'without a mail address': z.boolean().optional(),
})

function buys(scene: Scene, given: z.output<typeof purchase>): void {
  const sold = products.find(({ offers }) => offers.some(({ offerId }) => offerId === given.offer))
  if (sold) scene.product = sold
  scene.bought = buy(scene.world, {
    offerId: given.offer,
    planId: given.plan,
    quantity: given.seats,
    preview: given.preview,
    csp: given['through a partner'],
    termUnit: given['for a year'] ? 'P1Y' : 'P1M',
    beneficiary: given['for somebody else'] ? 'priya' : undefined,
    withoutEmail: given['without a mail address'],
  })
}

/** As "Manage account" at Microsoft does: with a fresh token each time. */
async function opensPage(scene: Scene): Promise<void> {
  const { token } = scene.world.sandbox.worlds.marketplace.newToken(idIn(scene))
  await landPurchase(scene.world.bridge.subscriptions, {
    tenantId: TENANT,
    productId: productId.parse(scene.product.id),
    purchaseToken: token,
  })
}

/** What the forms of the sandbox's products ask for. */
const answers = {
  workspace_name: 'Fabrikam',
  workspace_address: 'fabrikam',
  data_region: 'eu',
  admin_email: 'mara.vogt@fabrikam.example',
  sign_in_method: 'password',
}

const confirms = (who: string, lastName: string) => (scene: Scene) => {
  const customer = { ...anOrder.customer, contact: { ...anOrder.customer.contact, lastName } }
  const params = scene.product.name === 'Larkspur Projects' ? Object.entries(answers).map(([id, value]) => ({ id, value })) : []
  return confirmOrder(scene.world.bridge.subscriptions, boughtIn(scene).key, { ...anOrder, customer, params }, visitorOf(who))
}

const market = ({ world }: Scene) => world.sandbox.worlds.marketplace

async function byPublisher(scene: Scene, change: { plan?: string; seats?: number }): Promise<void> {
  const { microsoft } = await scene.world.bridge.subscriptions.clientsFor(TENANT)
  const id = subscriptionId.parse(idIn(scene))
  if (change.seats !== undefined) await microsoft.changeQuantity(id, change.seats)
}

export const customerDeeds = {
  'the customer buys': deed(purchase, buys),
  'the customer buys something of another publisher': plainDeed((scene) => {
    const [offer] = market(scene).offers()
    if (!offer) throw new RangeError('the seed has offers')
    market(scene).addOffer({ ...offer, offerId: 'juniper-mail', name: 'Juniper Mail' })
    scene.bought = buy(scene.world, { offerId: 'juniper-mail', planId: 'team', quantity: 3 })
  }),
  'a plan may be without any seats': plainDeed((scene) => {
    for (const offer of market(scene).offers())
      market(scene).addOffer({ ...offer, plans: offer.plans.map((plan) => ({ ...plan, minSeats: 0 })) })
  }),
  'the buyer opens the landing page': plainDeed(opensPage),
  'the buyer confirms the order': plainDeed(confirms('mara', 'Vogt')),
  'a colleague confirms the order as well': plainDeed(confirms('jonas', 'Reiter')),
  'the buyer confirms the order without a last name': plainDeed(confirms('mara', ' ')),
  'the buyer answers the vendor': deed(z.record(z.string(), z.string()).optional(), (scene, values = {}) => {
    const [asked] = scene.world.sandbox.worlds.connect.requests({ externalUid: idIn(scene), status: 'inquiring' })
    scene.world.sandbox.worlds.connect.answerInquiry(asked?.id ?? '', values)
  }),
  'the customer changes the seats to': deed(seats, (scene, quantity) => granted(market(scene).changeQuantity(idIn(scene), quantity))),
  'the customer changes the plan to': deed(z.string(), (scene, plan) => granted(market(scene).changePlan(idIn(scene), plan))),
  'the customer cancels': plainDeed((scene) => granted(market(scene).cancel(idIn(scene)))),
  'the customer turns renewal off': plainDeed((scene) => market(scene).setAutoRenew(idIn(scene), false)),
  'another system activates it': plainDeed(async (scene) => {
    const { microsoft } = await scene.world.bridge.subscriptions.clientsFor(TENANT)
    const { planId, quantity } = await microsoft.getSubscription(subscriptionId.parse(idIn(scene)))
    await microsoft.activate(subscriptionId.parse(idIn(scene)), { planId, quantity })
  }),
  'the payment fails': plainDeed((scene) => granted(market(scene).suspend(idIn(scene)))),
  'the payment is made': plainDeed((scene) => granted(market(scene).reinstate(idIn(scene)))),
  'a new term begins': plainDeed((scene) => granted(market(scene).renew(idIn(scene)))),
  'the publisher changes the seats at Microsoft to': deed(seats, (scene, quantity) => byPublisher(scene, { seats: quantity })),
} as const satisfies Readonly<Record<string, Deed>>
