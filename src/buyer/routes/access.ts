/** What a signed-in visitor may do with a subscription. Pure. */
import { isPersonalAccount, type Person, personalAccounts } from '../../identity/index.ts'
import type { ErrorCode } from '../../kit/errors/index.ts'
import type { SubscriptionRecord } from '../../subscriptions/record.ts'

type Parties = { readonly microsoft: Pick<SubscriptionRecord['microsoft'], 'beneficiary' | 'purchaser'> }

const partiesOf = ({ microsoft }: Parties) => [microsoft.beneficiary, microsoft.purchaser]

/** The very person Microsoft names as buyer or user. */
export const isNamed = (record: Parties, person: Person): boolean =>
  partiesOf(record).some((party) => party.entraTenantId === person.entraTenantId && party.objectId === person.objectId)

/**
 * Ordering and changing: the session came with a fresh purchase token (Microsoft lets only people through who may manage the subscription),
 * or it is the very person Microsoft names. A colleague with a copied address may look, no more.
 */
export const mayChange = (record: Parties, person: Person, holds: boolean): boolean => holds || isNamed(record, person)

/** Why somebody may not read: told apart, for what helps is different. */
export function refusalToRead(record: Parties, person: Person): ErrorCode {
  const isPersonal = partiesOf(record).some((party) => party.entraTenantId === personalAccounts)
  return isPersonal && isPersonalAccount(person) ? 'ERR_WRONG_PERSONAL_ACCOUNT' : 'ERR_WRONG_ORGANISATION'
}

/** One of the organisation that bought for another one. */
export const isPurchaserOnly = ({ microsoft }: Parties, person: Person): boolean =>
  microsoft.purchaser.entraTenantId === person.entraTenantId && microsoft.beneficiary.entraTenantId !== person.entraTenantId
