/** A publisher's clients against a scripted Microsoft: Entra gives numbered tokens, the API answers as the test says. */
import { onTestFinished } from 'vitest'
import { createHttp } from '../../src/kit/http.ts'
import { entraClientId, entraTenantId, operationId, planId, subscriptionId } from '../../src/kit/ids.ts'
import { createLog } from '../../src/kit/log.ts'
import { type MovableClock, standingClock } from '../../src/kit/time.ts'
import {
  createFulfilment,
  createIngestion,
  createMetering,
  createTokens,
  type MicrosoftApp,
  type MicrosoftFulfilment,
  type MicrosoftIngestion,
  type MicrosoftMetering,
} from '../../src/microsoft/index.ts'
import { type Script, type SeenRequest, startScriptedServer } from './scripted-server.ts'

export const app: MicrosoftApp = {
  tenantId: entraTenantId.parse('6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201'),
  clientId: entraClientId.parse('a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10'),
  credentials: [{ kind: 'secret', secret: 'the-secret-value' }],
}

export const ids = {
  subscription: subscriptionId.parse('37f9dea2-4345-438f-b0bd-03d40d28c7e0'),
  operation: operationId.parse('74dfb4db-c193-4891-827d-eb05fbdc64b0'),
  plan: planId.parse('silver'),
}

/** As Microsoft's own samples show it. */
export const wireSubscription = {
  id: ids.subscription,
  publisherId: 'contoso',
  offerId: 'offer1',
  name: 'Contoso Cloud Solution',
  saasSubscriptionStatus: 'Subscribed',
  planId: 'silver',
  quantity: 20,
}

export interface ScriptedMicrosoft {
  readonly fulfilment: MicrosoftFulfilment
  readonly metering: MicrosoftMetering
  readonly ingestion: MicrosoftIngestion
  readonly clock: MovableClock
  /** What reached the API, token requests left out. */
  readonly calls: () => readonly SeenRequest[]
  readonly tokenRequests: () => readonly SeenRequest[]
  /** Everything logged so far. */
  readonly logged: () => string
}

/** @param script answers everything but token requests; paths begin with `/api`. */
export async function scriptedMicrosoft(script: Script): Promise<ScriptedMicrosoft> {
  const isTokenRequest = (request: SeenRequest) => request.path.startsWith('/login/')
  let issued = 0
  const server = await startScriptedServer((request) => {
    if (!isTokenRequest(request)) return script(request)
    issued += 1
    return { body: { token_type: 'Bearer', expires_in: 3600, access_token: `token-${issued}` } }
  })
  const lines: string[] = []
  const log = createLog('trace', { write: (line) => lines.push(line) })
  const clock = standingClock('2030-05-01T12:00:00Z')
  const http = createHttp({ clock, log, pause: () => Promise.resolve() })
  onTestFinished(() => http.close())
  const tokens = createTokens({ http, loginUrl: new URL('/login', server.url), clock, log })
  const api = { http, tokens, baseUrl: new URL('/api/', server.url), app, clock, log }
  return {
    fulfilment: createFulfilment(api),
    metering: createMetering(api),
    ingestion: createIngestion(api),
    clock,
    calls: () => server.seen.filter((request) => !isTokenRequest(request)),
    tokenRequests: () => server.seen.filter(isTokenRequest),
    logged: () => lines.join(''),
  }
}
