/** Customers and resellers: made or found again from what a purchase carries. */
import { isObject, type JsonObject } from '../json.ts'
import type { Environment, TierAccount, Tiers } from '../records.ts'
import { invalid } from '../refusal.ts'
import { hubOf, type State } from '../state.ts'
import { contactFaults } from './contact.ts'
import { accountKey } from './key.ts'

const LEVELS = ['customer', 'tier1', 'tier2'] as const
type Level = (typeof LEVELS)[number]

/** All faults of the `tiers` of a purchase. `{}`, `[]` and `null` stand for an absent tier. */
export function tierFaults(state: State, tiers: unknown): string[] {
  return LEVELS.flatMap((level) => {
    const entry = entryOf(tiers, level)
    const path = `asset.tiers.${level}`
    if (!entry) return isDemanded(state, level) ? [`${path}: This field is required.`] : []
    if (typeof entry['id'] === 'string')
      return state.tierAccounts.has(entry['id']) ? [] : [`${path}.id: Tier account "${entry['id']}" not found.`]
    return contactFaults(entry, path, state.options.phone === 'required')
  })
}

const isDemanded = (state: State, level: Level): boolean =>
  level === 'customer' || (level === 'tier1' && state.options.tier1 === 'required')

function entryOf(tiers: unknown, level: Level): Record<string, unknown> | undefined {
  const entry = isObject(tiers) ? tiers[level] : undefined
  return isObject(entry) && Object.keys(entry).length > 0 ? entry : undefined
}

/** Finds or makes the accounts of a purchase whose tiers have no faults. */
export function resolveTiers(state: State, tiers: unknown, environment: Environment): Tiers {
  const resolve = (level: Level, parentId: string | undefined): string | undefined => {
    const entry = entryOf(tiers, level)
    if (!entry) return undefined
    if (typeof entry['id'] === 'string') return entry['id']
    return keep(state, { ...entry, type: level === 'customer' ? 'customer' : 'reseller' }, environment, parentId).id
  }
  const tier2 = resolve('tier2', undefined)
  const tier1 = resolve('tier1', tier2)
  const customer = resolve('customer', tier1)
  if (!customer) throw invalid('asset.tiers.customer: This field is required.')
  return { customer, tier1, tier2 }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The account of the same hub with the same `external_uid`, or `external_id` where there is none, brought up to date; else a new one. */
export function keep(state: State, given: Record<string, unknown>, environment: Environment, parentId?: string): TierAccount {
  const hubId = hubOf(environment)
  const data = { name: text(given['name']), taxId: text(given['tax_id']), contactInfo: contactInfo(given['contact_info']) }
  const key = accountKey(hubId, text(given['type']), text(given['external_uid']), text(given['external_id']))
  const known = key === undefined ? undefined : state.tierAccountsByKey.get(key)
  if (known) {
    if (JSON.stringify([known.name, known.taxId, known.contactInfo]) !== JSON.stringify(Object.values(data))) {
      Object.assign(known, data, { version: known.version + 1, updated: state.clock.now() })
    }
    return known
  }
  const account: TierAccount = {
    id: state.ids.tierAccount(),
    type: given['type'] === 'reseller' ? 'reseller' : 'customer',
    environment,
    hubId,
    parentId,
    externalId: text(given['external_id']),
    externalUid: text(given['external_uid']),
    version: 1,
    ...data,
    created: state.clock.now(),
    updated: state.clock.now(),
  }
  state.tierAccounts.set(account.id, account)
  if (key !== undefined) state.tierAccountsByKey.set(key, account)
  return account
}

const contactInfo = (value: unknown): JsonObject => (isObject(value) ? (structuredClone(value) as JsonObject) : {})
