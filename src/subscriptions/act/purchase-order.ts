/** The order as Connect wants it, from the buyer's confirmed order and what is configured. Pure. */
import type { ContactInfo, ParameterInput, PurchaseOrder, TierOrder } from '../../connect/index.ts'
import type { ConnectionId, EntraObjectId, EntraTenantId, SubscriptionId } from '../../kit/ids.ts'
import type { Customer, Order, OrderParameter } from '../order.ts'
import type { ItemQuantity } from '../rules/item-quantity.ts'
import type { SubscriptionSetup } from '../setup.ts'

/** The directory all personal Microsoft accounts share: there the person is the customer. Source: Entra ID token reference, `tid`. */
export const PERSONAL_ACCOUNTS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

export interface Beneficiary {
  readonly entraTenantId?: EntraTenantId | undefined
  readonly objectId?: EntraObjectId | undefined
}

export interface PurchaseFacts {
  readonly subscriptionId: SubscriptionId
  readonly beneficiary: Beneficiary
  readonly order: Order
  readonly items: readonly ItemQuantity[]
  readonly connectionId: ConnectionId
  readonly setup: SubscriptionSetup
}

export const purchaseOrder = ({ subscriptionId, beneficiary, order, items, connectionId, setup }: PurchaseFacts): PurchaseOrder => ({
  productId: setup.productId,
  connectionId,
  marketplaceId: setup.marketplaceId,
  externalId: `MS-${subscriptionId}`,
  externalUid: subscriptionId, // the one natural key: looked up before each order, adopted on 409
  items: items.map(({ itemId, quantity }) => ({ itemId, quantity })),
  params: [...order.params.map(parameter), ...setup.tier1Params],
  tiers: { customer: customerTier(order.customer, beneficiary, subscriptionId), tier1: setup.tier1 },
})

const parameter = ({ id, value, structuredValue }: OrderParameter): ParameterInput =>
  structuredValue === undefined ? { id, value: value ?? '' } : { id, structuredValue }

/** One customer account per organisation; for personal accounts, per person. */
function customerTier(customer: Customer, beneficiary: Beneficiary, fallback: string): TierOrder {
  const { entraTenantId, objectId } = beneficiary
  const uid = (entraTenantId === PERSONAL_ACCOUNTS_TENANT ? objectId : entraTenantId) ?? fallback
  return {
    name: customer.companyName,
    externalId: `ms-${uid}`,
    externalUid: uid,
    taxId: customer.taxId,
    contactInfo: contactInfo(customer),
  }
}

const contactInfo = (customer: Customer): ContactInfo => ({
  addressLine1: customer.addressLine1,
  addressLine2: customer.addressLine2,
  city: customer.city,
  state: customer.state,
  postalCode: customer.postalCode,
  country: customer.country,
  contact: {
    firstName: customer.contact.firstName,
    lastName: customer.contact.lastName,
    email: customer.contact.email,
    phoneNumber: customer.contact.phone,
  },
})
