/** The client as the bridge builds it, against a sandbox of its own, with every exchange recorded. */
import { publisher } from '../../../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts'
import { createHttp } from '../../../src/kit/http.ts'
import { entraClientId, entraTenantId, type OfferId, offerId, type SubscriptionId, subscriptionId } from '../../../src/kit/ids.ts'
import { silentLog } from '../../../src/kit/log.ts'
import type { Clock } from '../../../src/kit/time.ts'
import {
  createFulfilment,
  createMetering,
  createTokens,
  type MicrosoftApp,
  type MicrosoftFulfilment,
  type MicrosoftMetering,
  type TokenSource,
} from '../../../src/microsoft/index.ts'
import { record } from './recording.ts'
import type { Exchange } from './spec.ts'

export const publisherApp: MicrosoftApp = {
  tenantId: entraTenantId.parse(publisher.entraTenantId),
  clientId: entraClientId.parse(publisher.apiApp.clientId),
  credentials: [{ kind: 'secret', secret: publisher.apiApp.secret }],
}

export interface ContractBench {
  readonly sandbox: Sandbox
  readonly fulfilment: MicrosoftFulfilment
  readonly metering: MicrosoftMetering
  /** Which offer a subscription is of. */
  offerId(id: SubscriptionId): OfferId
  /** Tokens of the sandbox's Entra, asked for with nothing in the cache. */
  tokensBy(clock: Clock): TokenSource
  readonly exchanges: readonly Exchange[]
  /** Back to the seed, with nothing recorded. */
  reset(): void
  stop(): Promise<void>
  /** Buys and, by default, activates. */
  buy(
    order: Parameters<Sandbox['worlds']['marketplace']['purchase']>[0],
    activate?: boolean,
  ): Promise<{ id: SubscriptionId; token: string }>
}

/** @param bridgeUrl where the sandbox sends its notices. */
export async function contractBench(bridgeUrl?: string): Promise<ContractBench> {
  const sandbox = await startSandbox({ port: 0, ...(bridgeUrl === undefined ? {} : { bridgeUrl }) })
  const { marketplace } = sandbox.worlds
  const quick = { activationDelay: 0, operationDelay: 0 }
  marketplace.setOptions(quick)
  const recording = record(createHttp({ pause: () => Promise.resolve() }), sandbox.urls.marketplace)
  const shared = { http: recording.http, clock: sandbox.clock, log: silentLog }
  const tokensBy = (clock: Clock) => createTokens({ ...shared, clock, loginUrl: new URL(sandbox.urls.login) })
  const tokens = tokensBy(sandbox.clock)
  const api = { ...shared, tokens, app: publisherApp }
  const fulfilment = createFulfilment({ ...api, baseUrl: new URL(sandbox.urls.marketplace) })
  const metering = createMetering({ ...api, baseUrl: new URL(sandbox.urls.metering) })
  return {
    ...{ sandbox, fulfilment, metering, tokensBy, exchanges: recording.exchanges },
    offerId: (id) => offerId.parse(marketplace.subscription(id)?.offer.offerId),
    reset() {
      sandbox.reset()
      marketplace.setOptions(quick)
      recording.clear()
    },
    async stop() {
      await recording.http.close()
      await sandbox.stop()
    },
    async buy(order, activate = true) {
      const { subscriptionId: bought, token } = marketplace.purchase(order)
      const id = subscriptionId.parse(bought)
      if (!activate) return { id, token }
      const { planId, quantity } = await fulfilment.resolve(token)
      await fulfilment.activate(id, { planId, quantity })
      await sandbox.settled()
      return { id, token }
    },
  }
}
