/** The reseller that stands for the distributor in direct sales. */
import type { Instant } from '../../../src/kit/time.ts'
import { connectSeed } from '../../seed.ts'
import type { TierAccount } from '../records.ts'

export function seedResellers(now: Instant): Map<string, TierAccount> {
  const { reseller, hubs } = connectSeed
  const account: TierAccount = {
    id: reseller.id,
    type: 'reseller',
    environment: 'production',
    hubId: hubs.production.id,
    parentId: undefined,
    externalId: 'northlight-direct',
    externalUid: '4a1f6a3e-6d9f-4f0c-8a51-7c3b2e1d0f90',
    version: 1,
    name: reseller.name,
    taxId: '',
    contactInfo: {
      address_line1: '12 Harbour Road',
      address_line2: '',
      city: 'Dublin',
      state: null,
      postal_code: 'D02 XY45',
      country: 'IE',
      contact: {
        first_name: 'Orla',
        last_name: 'Byrne',
        email: 'direct@northlight.example',
        phone_number: { country_code: '+353', area_code: '1', phone_number: '5550142', extension: '' },
      },
    },
    created: now,
    updated: now,
  }
  return new Map([[account.id, account]])
}
