/** Tier accounts: the customer and the resellers above it. */
import { z } from 'zod'
import { type HubId, hubId } from '../../kit/ids.ts'
import { idOf, number, part, text, word } from './read.ts'

export interface PhoneNumber {
  /** With its plus: `+49`. Each field up to 25 characters. */
  readonly countryCode: string
  readonly areaCode: string
  readonly phoneNumber: string
  readonly extension: string
}

/** What a purchase must say about a customer or reseller. Lengths: OpenAPI v37, dp.TierContactInfoReference. */
export interface ContactInfo {
  /** Up to 255 characters. */
  readonly addressLine1: string
  readonly addressLine2?: string | undefined
  /** Up to 100. */
  readonly city: string
  /** Up to 100. */
  readonly state?: string | undefined
  /** Up to 50. */
  readonly postalCode: string
  /** ISO 3166 alpha-2. */
  readonly country: string
  readonly contact: {
    /** Up to 100. */
    readonly firstName: string
    /** Up to 100. */
    readonly lastName: string
    /** Up to 254. */
    readonly email: string
    readonly phoneNumber?: PhoneNumber | undefined
  }
}

/** A tier as it stands on an asset or in the directory of accounts; any part may be missing. */
export interface TierAccount {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly type: 'customer' | 'reseller' | 'unknown'
  readonly environment: 'production' | 'test' | 'preview' | 'unknown'
  readonly externalId?: string | undefined
  readonly externalUid?: string | undefined
  readonly taxId?: string | undefined
  readonly version?: number | undefined
  readonly parentId?: string | undefined
  readonly hubId?: HubId | undefined
  /** Fields Connect left out are empty text. */
  readonly contactInfo?: ContactInfo | undefined
}

const phone = z
  .object({ country_code: text, area_code: text, phone_number: text, extension: text })
  .transform((wire): PhoneNumber | undefined =>
    wire.phone_number === undefined
      ? undefined
      : {
          countryCode: wire.country_code ?? '',
          areaCode: wire.area_code ?? '',
          phoneNumber: wire.phone_number,
          extension: wire.extension ?? '',
        },
  )

const contactInfo = z.object({
  address_line1: text,
  address_line2: text,
  city: text,
  state: text,
  postal_code: text,
  country: text,
  contact: part(z.object({ first_name: text, last_name: text, email: text, phone_number: part(phone) })),
})

const toContactInfo = (wire: z.output<typeof contactInfo>): ContactInfo => ({
  addressLine1: wire.address_line1 ?? '',
  addressLine2: wire.address_line2,
  city: wire.city ?? '',
  state: wire.state,
  postalCode: wire.postal_code ?? '',
  country: wire.country ?? '',
  contact: {
    firstName: wire.contact?.first_name ?? '',
    lastName: wire.contact?.last_name ?? '',
    email: wire.contact?.email ?? '',
    phoneNumber: wire.contact?.phone_number,
  },
})

export const tierAccount = z
  .object({
    id: idOf(z.string()),
    name: text,
    type: word(['customer', 'reseller']),
    environment: word(['production', 'test', 'preview']),
    external_id: text,
    external_uid: text,
    tax_id: text,
    version: number,
    parent: part(z.object({ id: idOf(z.string()) })),
    hub: part(z.object({ id: idOf(hubId) })),
    contact_info: part(contactInfo),
  })
  .transform(
    (wire): TierAccount => ({
      id: wire.id,
      name: wire.name,
      type: wire.type,
      environment: wire.environment,
      externalId: wire.external_id,
      externalUid: wire.external_uid,
      taxId: wire.tax_id,
      version: wire.version,
      parentId: wire.parent?.id,
      hubId: wire.hub?.id,
      contactInfo: wire.contact_info && toContactInfo(wire.contact_info),
    }),
  )
