/** Marks of content: equal for equal content, and nothing can be read out of them. */
import { createHash } from 'node:crypto'
import { isJsonObject, type Json } from '../../kit/json.ts'
import type { OfferContentOf } from '../../tenants/index.ts'
import type { ForeignEdit } from '../rules/diff/foreign-edits.ts'
import type { OfferTree } from '../rules/resources/tree.ts'
import type { WantedOffer } from '../rules/resources/wanted.ts'

const markOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')

/** The same text for the same value, whatever the order of its members. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .sort()
    .join(',')}}`
}

/** Of the lead destination's secret, by its sealed form: the secret itself could be guessed from a mark. */
export const leadMark = ({ sealedLeadSecret }: Pick<OfferContentOf, 'sealedLeadSecret'>): string | undefined =>
  sealedLeadSecret === undefined ? undefined : markOf(sealedLeadSecret)

/** What the publisher says of the offer, addresses and secrets left out: what a yes to going live is about. */
export const contentMark = (offer: Pick<WantedOffer, 'name' | 'content' | 'plans'>): string =>
  markOf([offer.name, offer.content, offer.plans])

/** All that is wanted. @param offer without the secret of its lead destination */
export const wantedMark = (offer: WantedOffer, leads: string | undefined): string => markOf([{ ...offer, newLeadSecret: undefined }, leads])

export const editsMark = (edits: readonly ForeignEdit[]): string => markOf(edits)

export const bodiesMark = (bodies: readonly Json[]): string => markOf(bodies)

/** Of a draft: what changes by itself from reading to reading is left out. */
export const treeMark = (tree: OfferTree | undefined): string =>
  markOf((tree?.resources ?? []).filter(({ $schema }) => !$schema.includes('/schema/submission/')).map(lasting))

const PASSING: ReadonlySet<string> = new Set(['validations', 'resourceName', 'url'])

const lasting = (value: Json): Json =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !PASSING.has(name))) : value
