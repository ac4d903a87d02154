import type { Credential, Slot } from '../model/credential.ts'
import { type AppSecret, certificateFacts } from './app-secret.ts'
import type { CredentialsOfFile } from './schema.ts'

/** The credentials a tenant of the file has, kind by kind and slot by slot. */
export const credentialsOf = ({ connect, microsoft, signIn, partnerCenter }: CredentialsOfFile): readonly Credential[] => [
  ...(connect ? slotsOf(connect).map(connectCredential) : []),
  ...(microsoft ? appCredentials('microsoft', microsoft) : []),
  ...(signIn
    ? slotsOf(signIn).map(({ slot, value: { secret, expiresAt } }) => {
        return { slot, facts: { kind: 'signIn' as const, clientId: signIn.clientId }, secret, expiresAt }
      })
    : []),
  ...(partnerCenter ? appCredentials('partnerCenter', partnerCenter) : []),
]

const appCredentials = (kind: 'microsoft' | 'partnerCenter', app: NonNullable<CredentialsOfFile['microsoft']>): readonly Credential[] =>
  slotsOf(app).map(({ slot, value }) => {
    const { certificate, ...rest } = proofOf(value)
    return { slot, facts: { kind, tenantId: app.tenantId, clientId: app.clientId, ...certificate }, ...rest }
  })

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
