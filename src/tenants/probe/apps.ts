/** Entra apps that call Microsoft in a publisher's name. */
import {
  createFulfilment,
  createIngestion,
  GRAPH_RESOURCE,
  type IngestionVersions,
  MARKETPLACE_RESOURCE,
  type MicrosoftApi,
  type OwnClaims,
  type TokenSource,
} from '../../microsoft/index.ts'
import { good, outcomeOf, type ProbeFacts, type ProbeOutcome, unfit } from './outcome.ts'

/** Microsoft tells nobody when a secret ends, but whoever made it. */
const SECRET_END = 'Microsoft does not say when a secret ends: note the end date with the credential.'

type App = MicrosoftApi['app']

/** The app of the offers' technical configuration: a token, its claims, and one call that changes nothing. */
export async function probeMicrosoft(api: MicrosoftApi, signal?: AbortSignal): Promise<ProbeOutcome> {
  const token = await probeToken(api.tokens, api.app, MARKETPLACE_RESOURCE, signal)
  if (token.result !== 'good') return token
  for await (const page of createFulfilment(api).listSubscriptions(signal)) {
    const calls =
      page.length === 0 ? 'accepted; no subscription of this app’s offers yet' : 'accepted; subscriptions of this app’s offers are there'
    return good({ ...token.facts, api: calls }, token.notes)
  }
  return good({ ...token.facts, api: 'accepted' }, token.notes)
}

/** The app of Partner Center: a token for Microsoft Graph, and the first page of the account's offers, which changes nothing. */
export async function probePartnerCenter(
  api: MicrosoftApi,
  versions: Partial<IngestionVersions> | undefined,
  signal?: AbortSignal,
): Promise<ProbeOutcome> {
  const token = await probeToken(api.tokens, api.app, GRAPH_RESOURCE, signal)
  if (token.result !== 'good') return token
  for await (const page of createIngestion(api, versions).listProducts(signal)) {
    const offers = page.length === 0 ? 'accepted; no SaaS offer in this account yet' : 'accepted; the account’s offers are there'
    return good({ ...token.facts, api: offers }, token.notes)
  }
  return good({ ...token.facts, api: 'accepted' }, token.notes)
}

/** With the app's first credential alone, past the cache. */
async function probeToken(tokens: TokenSource, app: App, resource: string, signal: AbortSignal | undefined): Promise<ProbeOutcome> {
  const [proof] = await tokens.prove(app, resource, signal)
  if (!proof) throw new RangeError('an app without a credential')
  if (!proof.ok) return outcomeOf(proof.error)
  const wrong = wrongClaim(proof.claims, app, resource)
  if (wrong !== undefined) return unfit(wrong)
  const facts: ProbeFacts = proof.claims
    ? { token: `for ${proof.claims.audience}, app ${proof.claims.clientId} of directory ${proof.claims.tenantId}` }
    : { token: 'given, and not readable' }
  return good(facts, app.credentials[0]?.kind === 'secret' ? [SECRET_END] : [])
}

/** The marketplace compares these with the offer's technical configuration. */
function wrongClaim(claims: OwnClaims | undefined, app: App, resource: string): string | undefined {
  if (!claims) return undefined
  const same = (a: string, b: string) => a.toLowerCase().replace(/\/$/, '') === b.toLowerCase()
  if (!same(claims.tenantId, app.tenantId)) return `Entra gave a token of the directory ${claims.tenantId}, not of ${app.tenantId}.`
  if (!same(claims.clientId, app.clientId)) return `Entra gave a token of the app ${claims.clientId}, not of ${app.clientId}.`
  if (!same(claims.audience, resource)) return `Entra gave a token for ${claims.audience}, not for ${resource}.`
  return undefined
}
