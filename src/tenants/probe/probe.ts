/** Tries one credential for real, changing nothing outside. */
import { createConnect } from '../../connect/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { AppCredential, MicrosoftApp } from '../../microsoft/index.ts'
import type { ClientDeps } from '../clients.ts'
import type { Credential, CredentialFacts } from '../model/credential.ts'
import type { Tenant } from '../types.ts'
import { probeMicrosoft, probePartnerCenter } from './apps.ts'
import { probeConnect } from './connect.ts'
import { outcomeOf, type ProbeOutcome } from './outcome.ts'
import { probeSignIn } from './sign-in.ts'

export interface ProbeDeps extends Pick<ClientDeps, 'http' | 'tokens' | 'clock' | 'log' | 'outside' | 'ingestionVersions'> {
  /** `MICROSOFT_LOGIN_URL` */
  readonly loginUrl: string
  /** `PUBLIC_URL` */
  readonly publicUrl: string
  /** The installation's own app for sign-in, of tenants without one. */
  readonly signInApp:
    | { readonly clientId: string; readonly secrets: readonly string[]; readonly expiresAt: Instant | undefined }
    | undefined
}

/** The one redirect address of every sign-in app. */
export const redirectUriOf = (publicUrl: string): string => `${publicUrl}/portal/signin`

export async function probeCredential(
  deps: ProbeDeps,
  tenant: Pick<Tenant, 'id' | 'connectApiUrl'>,
  credential: Pick<Credential, 'facts' | 'secret'>,
  signal?: AbortSignal,
): Promise<ProbeOutcome> {
  try {
    return await probe(deps, tenant, credential, signal)
  } catch (error) {
    return outcomeOf(error)
  }
}

function probe(
  deps: ProbeDeps,
  tenant: Pick<Tenant, 'id' | 'connectApiUrl'>,
  { facts, secret }: Pick<Credential, 'facts' | 'secret'>,
  signal: AbortSignal | undefined,
): Promise<ProbeOutcome> {
  const { http, clock, tokens, outside } = deps
  const log = logFor(deps, tenant.id)
  switch (facts.kind) {
    case 'connect': {
      const connect = createConnect({ http, clock, log, baseUrl: tenant.connectApiUrl ?? outside.connect, apiKey: secret })
      return probeConnect(connect, facts.serviceUser, signal)
    }
    case 'microsoft':
      return probeMicrosoft({ http, tokens, clock, log, baseUrl: new URL(outside.marketplace), app: appOf(facts, secret) }, signal)
    case 'signIn':
      return probeSignIn(deps, { clientId: facts.clientId, secret, redirectUri: redirectUriOf(deps.publicUrl) })
    case 'partnerCenter':
      return probePartnerCenter(
        { http, tokens, clock, log, baseUrl: new URL(outside.ingestion), app: appOf(facts, secret) },
        deps.ingestionVersions,
        signal,
      )
  }
}

const logFor = ({ log }: ProbeDeps, tenantId: TenantId) => log.child({ tenantId })

function appOf({ tenantId, clientId, certificate }: Extract<CredentialFacts, { tenantId: string }>, secret: string): MicrosoftApp {
  const proof: AppCredential = certificate
    ? { kind: 'certificate', certificate: certificate.pem, privateKey: secret }
    : { kind: 'secret', secret }
  return { tenantId, clientId, credentials: [proof] }
}
