/** Who sees what in the shop: previews are for their audience, private plans for their directories, hidden plans for who knows their name. Pure. */
import type { Offer, Plan } from '../marketplace/types.ts'
import { type Person, people } from '../seed.ts'

export interface Shown {
  readonly offer: Offer
  /** Not for everybody: as its publisher tests it. */
  readonly preview: boolean
}

/** Published offers first, each with the plans this visitor may buy; one without any is not listed. */
export const shownTo = (person: Person | undefined, offers: readonly Offer[], previews: readonly Offer[]): readonly Shown[] => [
  ...offers.map((offer) => ({ offer: asSeenBy(person, offer), preview: false })).filter(({ offer }) => offer.plans.length > 0),
  ...previews
    .filter((offer) => isInvited(person, offer))
    .map((offer) => ({ offer: { ...offer, plans: offer.plans.filter((plan) => isFor(person, plan)) }, preview: true })),
]

/** @param known the id of a hidden plan the visitor knows of */
export const asSeenBy = (person: Person | undefined, offer: Offer, known?: string): Offer => ({
  ...offer,
  plans: offer.plans.filter((plan) => isFor(person, plan) && (!plan.hidden || plan.planId === known)),
})

/** By name: the preview that everybody may buy from is for tests, not for the window. */
export const isInvited = (person: Person | undefined, { previewAudience }: Pick<Offer, 'previewAudience'>): boolean =>
  person !== undefined && (previewAudience?.includes(person.email) ?? false)

const isFor = (person: Person | undefined, { privateFor, stopSell }: Plan): boolean =>
  !stopSell && (privateFor === undefined || (person !== undefined && privateFor.includes(person.tenantId)))

const COOKIE = 'sandbox_person'

/** The person the visitor says to be; everybody else is nobody in particular. */
export function visitorOf(cookies: string | undefined): Person | undefined {
  const [, key] = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]*)`).exec(cookies ?? '') ?? []
  return people.find((person) => person.key === key)
}

/** Kept by the browser. @param key of a person; empty for nobody */
export const visitorCookie = (key: string): string => `${COOKIE}=${key}; Path=/; HttpOnly; SameSite=Lax`
