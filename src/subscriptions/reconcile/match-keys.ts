/** What subscriptions and assets can be recognized by. Names and addresses only as hashes that are good for one run. */
import { createHash } from 'node:crypto'
import type { ConnectAsset } from '../../connect/index.ts'
import type { SubscriptionId } from '../../kit/ids.ts'
import { PERSONAL_ACCOUNTS_TENANT } from '../act/purchase-order.ts'
import type { Evidence } from '../rules/reconcile/match.ts'
import type { MicrosoftSnapshot } from '../snapshots.ts'

const PREFIXES: Readonly<Record<string, Evidence>> = {
  id: 'subscriptionId',
  uid: 'customerId',
  mail: 'mail',
  name: 'name',
  domain: 'mailDomain',
}

export function keysOfSubscription(
  id: SubscriptionId,
  { beneficiary, purchaser, name }: MicrosoftSnapshot,
  salt: string,
): readonly string[] {
  return unique([
    `id:${id}`,
    ...[beneficiary, purchaser].flatMap(({ entraTenantId, objectId, email }) => {
      const isPersonal = entraTenantId === PERSONAL_ACCOUNTS_TENANT // the directory all of them share, and mail domains all of them have
      return [
        ...(entraTenantId && !isPersonal ? [`uid:${entraTenantId}`] : []),
        ...(objectId ? [`uid:${objectId}`] : []),
        ...mailKeys(email, salt, !isPersonal),
      ]
    }),
    ...nameKeys(name, salt),
  ])
}

export function keysOfAsset({ externalId = '', externalUid = '', tiers: { customer } }: ConnectAsset, salt: string): readonly string[] {
  return unique([
    ...guidsIn(`${externalId} ${externalUid}`).map((guid) => `id:${guid}`),
    ...guidsIn(`${customer?.externalUid ?? ''} ${customer?.externalId ?? ''}`).map((guid) => `uid:${guid}`),
    ...mailKeys(customer?.contactInfo?.contact.email, salt, true),
    ...nameKeys(customer?.name, salt),
  ])
}

/** What two sets of keys have in common. */
export const evidenceIn = (a: readonly string[], b: readonly string[]): readonly Evidence[] => {
  const shared = a.filter((key) => b.includes(key)).map((key) => PREFIXES[key.slice(0, key.indexOf(':'))])
  return [...new Set(shared.filter((one) => one !== undefined))]
}

const guidsIn = (text: string): readonly string[] =>
  (text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? []).map((guid) => guid.toLowerCase())

function mailKeys(address: string | undefined, salt: string, withDomain: boolean): readonly string[] {
  const mail = (address ?? '').trim().toLowerCase()
  const domain = mail.split('@')[1]
  if (!domain) return []
  return [`mail:${hashed(mail, salt)}`, ...(withDomain ? [`domain:${hashed(domain, salt)}`] : [])]
}

const nameKeys = (name: string | undefined, salt: string): readonly string[] => {
  const plain = (name ?? '').normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ')
  return plain.length < 4 ? [] : [`name:${hashed(plain, salt)}`]
}

const hashed = (text: string, salt: string): string => createHash('sha256').update(`${salt} ${text}`).digest('base64url').slice(0, 22)

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)]
