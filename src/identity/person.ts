/** A signed-in person, as Entra vouches for them. */
import { z } from 'zod'
import { type EntraObjectId, type EntraTenantId, entraTenantId } from '../kit/ids.ts'

/** Who they are is (`entraTenantId`, `objectId`); the rest is unproved, may be missing, and only fills in forms. */
export interface Person {
  readonly entraTenantId: EntraTenantId
  readonly objectId: EntraObjectId
  readonly name?: string
  readonly givenName?: string
  readonly familyName?: string
  readonly email?: string
}

/** The directory all personal Microsoft accounts share (Microsoft identity platform, ID token claims, `tid`): there only `objectId` tells people apart. */
export const personalAccounts: EntraTenantId = entraTenantId.parse('9188040d-6c67-4c5b-b112-36a304b66dad')

export const isPersonalAccount = (person: Pick<Person, 'entraTenantId'>): boolean => person.entraTenantId === personalAccounts

export const samePerson = (a: Pick<Person, 'entraTenantId' | 'objectId'>, b: Pick<Person, 'entraTenantId' | 'objectId'>): boolean =>
  a.entraTenantId === b.entraTenantId && a.objectId === b.objectId

const text = z.string().trim().min(1).max(255).optional().catch(undefined)

/** What fills in forms. Whatever is missing, empty or overlong is left out. */
export const profile = z.object({
  name: text,
  givenName: text,
  familyName: text,
  email: z.email().max(254).optional().catch(undefined),
})
export type Profile = z.infer<typeof profile>

export function personOf(id: Pick<Person, 'entraTenantId' | 'objectId'>, { name, givenName, familyName, email }: Profile): Person {
  return {
    entraTenantId: id.entraTenantId,
    objectId: id.objectId,
    ...(name === undefined ? {} : { name }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
    ...(email === undefined ? {} : { email }),
  }
}
