/** Tells the outside that something has changed: a signed poke without the object, several changes at once as one. */
import { SignJWT } from 'jose'
import type { Http } from '../../../src/kit/http.ts'
import { seconds } from '../../../src/kit/time.ts'
import type { PokeFault } from '../../faults.ts'
import { connectSeed } from '../../seed.ts'
import type { Json } from '../json.ts'
import type { Webhook } from '../records.ts'
import type { Change, State } from '../state.ts'
import { stamp, stampOrNull } from '../wire/common.ts'

export interface Poker {
  onChange(change: Change): void
  /** Sends now. Resolves to whether the other side took it. */
  trigger(webhook: Webhook): Promise<boolean>
}

/** @param strike a fault that is to happen to the next call */
export function createPoker(state: State, http: Http, strike: () => PokeFault | undefined): Poker {
  const planned = new WeakSet<Webhook>()

  async function trigger(webhook: Webhook): Promise<boolean> {
    webhook.triggers++
    const taken = await deliver(state, http, webhook)
    const now = state.clock.now()
    if (taken) Object.assign(webhook, { successes: webhook.successes + 1, failuresSinceSuccess: 0, lastSuccess: now })
    else
      Object.assign(webhook, { failures: webhook.failures + 1, failuresSinceSuccess: webhook.failuresSinceSuccess + 1, lastFailure: now })
    return taken
  }

  function plan(webhook: Webhook): void {
    if (planned.has(webhook)) return
    planned.add(webhook)
    state.timers.after(0, async () => {
      planned.delete(webhook)
      await call(webhook, strike())
    })
  }

  async function call(webhook: Webhook, fault?: PokeFault): Promise<void> {
    if (state.webhooks.get(webhook.id) !== webhook || !webhook.active || fault?.kind === 'drop') return
    if (fault?.kind === 'late') return void state.timers.after(fault.delay, () => call(webhook))
    if (fault?.kind === 'duplicate') await trigger(webhook)
    await trigger(webhook)
  }

  return {
    trigger,
    onChange(change) {
      for (const webhook of state.webhooks.values()) {
        const concerned = webhook.type === 'event' && webhook.objectClass === change.objectClass && webhook.productId === change.productId
        if (concerned && webhook.active) plan(webhook)
      }
    },
  }
}

async function deliver(state: State, http: Http, webhook: Webhook): Promise<boolean> {
  try {
    const reply = await http.send({
      method: 'POST',
      url: new URL(webhook.externalUrl),
      headers: {
        ...textHeaders(webhook.headers),
        'content-type': 'application/json',
        authorization: `Bearer ${await sign(state, webhook)}`,
      },
      body: JSON.stringify(pokeBody(state, webhook)),
      timeout: seconds(10),
      maxAttempts: 1,
    })
    return reply.status >= 200 && reply.status < 300
  } catch (error) {
    state.log.warn({ err: error, webhook: webhook.id }, 'a webhook of the sandbox found nobody')
    return false
  }
}

const textHeaders = (headers: Json): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]))

function sign(state: State, webhook: Webhook): Promise<string> {
  const now = Math.floor(state.clock.now().getTime() / 1000)
  return new SignJWT({ api_url: `${state.publicUrl()}/connect/public/v1` })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(now)
    .setExpirationTime(now + 300)
    .sign(new TextEncoder().encode(webhook.jwtSecret))
}

const pokeBody = (state: State, webhook: Webhook): Json => ({
  webhook_id: webhook.id,
  webhook_name: webhook.label,
  object_class: webhook.objectClass,
  account_id: connectSeed[webhook.account].accountId,
  product_id: webhook.productId,
  api_url: `${state.publicUrl()}/connect/public/v1`,
  triggered_at: stamp(state.clock.now()),
  last_success_at: stampOrNull(webhook.lastSuccess),
  last_failure_at: stampOrNull(webhook.lastFailure),
  processing_timeout: 600,
  data: webhook.data,
})
