/** What the distributor sends: purchases, changes and the rest, as Connect wants them written (OpenAPI v37, POST /requests). */
import type { AssetId, ConnectionId, ItemId, MarketplaceId, ProductId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import { type Quantity, quantityToWire } from './model/quantity.ts'
import type { ContactInfo, PhoneNumber } from './model/tiers.ts'

export interface ItemOrder {
  /** By its global id. */
  readonly itemId: ItemId
  /** Absolute, not the difference. */
  readonly quantity: Quantity
}

/** A value for a parameter, by the parameter's name. Phone, address, checkbox and object take the structured form. */
export type ParameterInput =
  | { readonly id: string; readonly value: string }
  | { readonly id: string; readonly structuredValue: Readonly<Record<string, unknown>> }

/** An account that exists (`TA-…`), or the data from which Connect makes or finds one. */
export type TierOrder =
  | { readonly id: string }
  | {
      readonly name: string
      readonly externalId: string
      readonly externalUid: string
      readonly taxId?: string | undefined
      readonly contactInfo: ContactInfo
    }

export interface Attribute {
  readonly id: string
  readonly value: string
}

export interface PurchaseOrder {
  readonly productId: ProductId
  readonly connectionId: ConnectionId
  readonly marketplaceId: MarketplaceId
  /** Readable, up to 100 characters. */
  readonly externalId: string
  /** A UUID; the natural key, since Connect knows no idempotency key. For us the Microsoft subscription. */
  readonly externalUid: string
  readonly items: readonly ItemOrder[]
  /** Ordering parameters of scope asset. A required one left out makes the request start as `inquiring`. */
  readonly params: readonly ParameterInput[]
  readonly tiers: { readonly customer: TierOrder; readonly tier1: TierOrder; readonly tier2?: TierOrder | undefined }
  /** Echoed on the request. */
  readonly externalAttributes?: readonly Attribute[] | undefined
}

export interface AssetOrder {
  readonly assetId: AssetId
  /** Only where the product's scheduling capability allows it. */
  readonly plannedDate?: Instant | undefined
  readonly externalAttributes?: readonly Attribute[] | undefined
}

export interface ChangeOrder extends AssetOrder {
  /** Every item the asset shall hold; whether Connect leaves omitted ones alone is not documented. */
  readonly items: readonly ItemOrder[]
  /** Only with the capability `editableOrderingParameters`. */
  readonly params?: readonly ParameterInput[] | undefined
}

export const purchaseBody = (order: PurchaseOrder, status?: 'draft') => ({
  type: 'purchase',
  ...given({ status }),
  asset: {
    product: { id: order.productId },
    connection: { id: order.connectionId },
    external_id: order.externalId,
    external_uid: order.externalUid,
    items: order.items.map(itemBody),
    params: order.params.map(paramBody),
    tiers: {
      customer: tierBody(order.tiers.customer),
      tier1: tierBody(order.tiers.tier1),
      ...given({ tier2: order.tiers.tier2 && tierBody(order.tiers.tier2) }),
    },
    ...given({ external_attributes: order.externalAttributes }),
  },
  marketplace: { id: order.marketplaceId },
})

export const changeBody = (order: ChangeOrder, status?: 'draft') => ({
  type: 'change',
  ...given({ status }),
  asset: {
    id: order.assetId,
    items: order.items.map(itemBody),
    ...given({ params: order.params?.map(paramBody), external_attributes: order.externalAttributes }),
  },
  ...planned(order),
})

export const assetBody = (type: 'suspend' | 'resume' | 'cancel', order: AssetOrder) => ({
  type,
  asset: { id: order.assetId, ...given({ external_attributes: order.externalAttributes }) },
  ...planned(order),
})

export const paramsBody = (params: readonly ParameterInput[]) => ({ asset: { params: params.map(paramBody) } })

const itemBody = ({ itemId, quantity }: ItemOrder) => ({ id: itemId, quantity: quantityToWire(quantity) })

const paramBody = (param: ParameterInput) =>
  'value' in param ? { id: param.id, value: param.value } : { id: param.id, structured_value: param.structuredValue }

const tierBody = (tier: TierOrder) =>
  'id' in tier
    ? { id: tier.id }
    : {
        name: tier.name,
        external_id: tier.externalId,
        external_uid: tier.externalUid,
        ...given({ tax_id: tier.taxId }),
        contact_info: contactBody(tier.contactInfo),
      }

/** `phone_number: null` for none: required by the OpenAPI file, and null is what CloudBlue's own distributor side sends. */
export const contactBody = ({ contact, ...info }: ContactInfo) => ({
  address_line1: info.addressLine1,
  ...given({ address_line2: info.addressLine2 }),
  city: info.city,
  state: info.state ?? null,
  postal_code: info.postalCode,
  country: info.country,
  contact: {
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone_number: contact.phoneNumber ? phoneBody(contact.phoneNumber) : null,
  },
})

const phoneBody = (phone: PhoneNumber) => ({
  country_code: phone.countryCode,
  area_code: phone.areaCode,
  phone_number: phone.phoneNumber,
  extension: phone.extension,
})

/** ISO 8601 with `+00:00`, as Connect writes it. */
const planned = (order: AssetOrder) => given({ planned_date: order.plannedDate?.toISOString().replace(/\.\d{3}Z$/, '+00:00') })

/** Leaves out what is not given: Connect takes null for a value. */
export const given = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
