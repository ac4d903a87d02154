import type { Credential, Slot } from '../model/credential.ts'
import { type AppSecret, certificateFacts } from './app-secret.ts'
import type { CredentialsOfFile } from './schema.ts'

/** The credentials a tenant of the file has, kind by kind and slot by slot. */
export const credentialsOf = ({ connect, microsoft, signIn }: CredentialsOfFile): readonly Credential[] => [
  ...(connect ? slotsOf(connect).map(connectCredential) : []),
  ...(microsoft
    ? slotsOf(microsoft).map(({ slot, value }) => {
        const { certificate, ...rest } = proofOf(value)
        const facts = { kind: 'microsoft' as const, tenantId: microsoft.tenantId, clientId: microsoft.clientId, ...certificate }
        return { slot, facts, ...rest }
      })
    : []),
  ...(signIn
    ? slotsOf(signIn).map(({ slot, value: { secret, expiresAt } }) => {
        return { slot, facts: { kind: 'signIn' as const, clientId: signIn.clientId }, secret, expiresAt }
      })
    : []),
]

interface Filled<T> {
  readonly slot: Slot
  readonly value: T
}

const slotsOf = <T>({ primary, secondary }: { primary: T; secondary?: T | undefined }): readonly Filled<T>[] => [
  { slot: 'primary', value: primary },
  ...(secondary === undefined ? [] : [{ slot: 'secondary' as const, value: secondary }]),
]

type ConnectToken = NonNullable<CredentialsOfFile['connect']>['primary']

const connectCredential = ({ slot, value }: Filled<ConnectToken>): Credential => ({
  slot,
  facts: { kind: 'connect', serviceUser: /^ApiKey ([^:]+)/.exec(value.apiKey)?.[1] ?? '' },
  secret: value.apiKey,
  expiresAt: value.expiresAt,
})

/** A certificate's own end counts unless the file says an earlier one of its own. */
function proofOf({ secret, certificate, privateKey, expiresAt }: AppSecret) {
  if (certificate === undefined || privateKey === undefined) return { secret: secret ?? '', expiresAt, certificate: {} }
  const { pem, thumbprint, notAfter } = certificateFacts(certificate)
  return { secret: privateKey, expiresAt: expiresAt ?? notAfter, certificate: { certificate: { pem, thumbprint } } }
}
