/** A credential as an operator enters it, checked with the same words as the set-up file. */
import type { EntraClientId, EntraTenantId } from '../kit/ids.ts'
import type { Credential, CredentialKind, Slot } from './model/credential.ts'
import { credentialsOf } from './setup/desired-credentials.ts'
import { faultsOfIssues, pathText } from './setup/faults.ts'
import { credentials } from './setup/schema.ts'
import { schemaKeys } from './setup/schema-keys.ts'

export interface CredentialEntry {
  readonly kind: CredentialKind
  readonly slot: Slot
  /** The directory of an app (`microsoft`, `partnerCenter`). */
  readonly tenantId?: EntraTenantId | string | undefined
  /** The app (all but `connect`). */
  readonly clientId?: EntraClientId | string | undefined
  /** Connect's token, a client secret, or the private key of `certificate`. */
  readonly secret: string
  /** X.509 as PEM. */
  readonly certificate?: string | undefined
  /** A date or an instant. */
  readonly expiresAt?: string | undefined
}

export type EntryReading =
  | { readonly ok: true; readonly credential: Credential }
  /** Each a sentence that names the field; none holds a value. */
  | { readonly ok: false; readonly faults: readonly string[] }

export function readEntry(entry: CredentialEntry): EntryReading {
  const input = { [entry.kind]: inFile(entry) }
  const read = credentials.safeParse(input)
  if (!read.success) {
    const faults = faultsOfIssues(read.error.issues, input, schemaKeys())
    return {
      ok: false,
      faults: faults.map(({ path, message }) => `${pathText(path.slice(1).filter((key) => key !== 'primary'))}: ${message}`),
    }
  }
  const [credential] = credentialsOf(read.data)
  if (!credential) throw new RangeError('an entry is one credential')
  return { ok: true, credential: { ...credential, slot: entry.slot } }
}

/** As a set-up file would say it. */
function inFile({ kind, tenantId, clientId, secret, certificate, expiresAt }: CredentialEntry) {
  const ends = expiresAt === undefined ? {} : { expiresAt }
  const proof = certificate === undefined ? { secret } : { certificate, privateKey: secret }
  if (kind === 'connect') return { primary: { apiKey: secret, ...ends } }
  if (kind === 'signIn') return { clientId, primary: { secret, ...ends } }
  return { tenantId, clientId, primary: { ...proof, ...ends } }
}
