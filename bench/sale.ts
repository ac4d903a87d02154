/** Orders as buyers confirm them, for benchmarks that need active subscriptions. */
import { entraObjectId, entraTenantId, productId, subscriptionId } from '../src/kit/ids.ts'
import type { Bridge } from '../src/main/bridge.ts'
import { confirmOrder, landPurchase, type Order } from '../src/subscriptions/index.ts'
import { TENANT } from './bridge.ts'

const PRODUCT = productId.parse('PRD-417-220-901')

const BUYER = {
  entraTenantId: entraTenantId.parse('d2a4c1f8-3b5e-4f7a-8c6d-90e1f2a3b4c5'),
  objectId: entraObjectId.parse('11a0f1d2-0001-4a6b-9c3d-5e7f80910001'),
}

const ORDER: Order = {
  customer: {
    ...{ companyName: 'Fabrikam GmbH', addressLine1: 'Hauptstrasse 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    contact: { firstName: 'Mara', lastName: 'Vogt', email: 'mara.vogt@fabrikam.example' },
  },
  params: [],
}

export const confirm = ({ subscriptions }: Bridge, id: string): Promise<unknown> =>
  confirmOrder(subscriptions, { tenantId: TENANT, subscriptionId: subscriptionId.parse(id) }, ORDER, BUYER)

export async function sell(bridge: Bridge, token: string): Promise<void> {
  const landed = await landPurchase(bridge.subscriptions, { tenantId: TENANT, productId: PRODUCT, purchaseToken: token })
  if (landed.outcome !== 'landed') throw new Error(`the purchase is ${landed.outcome}`)
  await confirm(bridge, landed.key.subscriptionId)
}
