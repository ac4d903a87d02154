/** What the sign-in and Microsoft already know of the buyer, so that little is left to type. */
import type { Visitor } from '../../subscriptions/record.ts'
import type { MicrosoftSnapshot } from '../../subscriptions/snapshots.ts'
import { countryOf } from './countries.ts'
import type { Given } from './model.ts'
import { textError } from './text-format.ts'

export interface Prefill {
  readonly visitor?: Visitor | undefined
  readonly microsoft: MicrosoftSnapshot
  /** BCP 47; preselects the country. */
  readonly locale: string
}

export function customerPrefill({ visitor, microsoft, locale }: Prefill): Given {
  const { firstName, lastName } = namesOf(visitor)
  const email = [visitor?.email, microsoft.beneficiary.email].find(isMailbox)
  return { firstName: some(firstName), lastName: some(lastName), email: some(email), country: some(countryOf(locale)) }
}

const some = (text: string | undefined): readonly string[] => (text ? [text] : [])

/** Entra's `email` and Microsoft's `emailId` may be empty or no mailbox at all. */
const isMailbox = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && !/#ext#/i.test(text) && textError({ format: 'email' }, text) === undefined

/** The parts as Entra gives them, else the display name cut before its last word. */
function namesOf(visitor: Visitor | undefined): { firstName: string | undefined; lastName: string | undefined } {
  const words = visitor?.name?.trim().split(/\s+/) ?? []
  return {
    firstName: cut(visitor?.givenName ?? (words.length > 1 ? words.slice(0, -1).join(' ') : words[0])),
    lastName: cut(visitor?.familyName ?? (words.length > 1 ? words.at(-1) : undefined)),
  }
}

const cut = (text: string | undefined): string | undefined => text?.slice(0, 100)
