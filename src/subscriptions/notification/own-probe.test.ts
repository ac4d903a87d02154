import fastify from 'fastify'
import { expect, test } from 'vitest'
import { entraClientId, entraTenantId } from '../../kit/ids.ts'
import { createLog } from '../../kit/log.ts'
import { standingClock } from '../../kit/time.ts'
import { notificationRoute, PREFLIGHT_MARK } from './route.ts'

const lines: { readonly level: number; readonly code?: string }[] = []
const app = fastify()
await app.register(
  notificationRoute({
    notices: { add: () => expect.unreachable(), replay: () => expect.unreachable(), replyHasLeft: () => expect.unreachable() },
    receiverOf: async () => ({
      app: {
        tenantId: entraTenantId.parse('11111111-2222-4333-8444-555555555555'),
        clientId: entraClientId.parse('11111111-2222-4333-8444-666666666666'),
      },
    }),
    verifyMicrosoftToken: async () => ({ ok: false, refused: 'bad', reason: 'missing' }),
    clock: standingClock('2030-01-01T00:00:00Z'),
    log: createLog('info', { write: (line) => lines.push(JSON.parse(line)) }),
  }),
)

const levels = { info: 30, warn: 40 }
async function called(query: string, headers: Readonly<Record<string, string>> = {}) {
  lines.length = 0
  const { statusCode } = await app.inject({ method: 'POST', url: `/portal/acme/PRD-1/notification${query}`, headers, payload: '{}' })
  return { statusCode, level: lines.map(({ level }) => level) }
}

test('a call of the preflight is refused as any other, and is no warning in the log', async () => {
  expect(await called(`?${PREFLIGHT_MARK}=1`)).toEqual({ statusCode: 401, level: [levels.info] })
  expect(await called('')).toEqual({ statusCode: 401, level: [levels.warn] })
})

test('a bad token is a warning however the call is marked', async () => {
  expect(await called(`?${PREFLIGHT_MARK}=1`, { authorization: 'Bearer forged' })).toEqual({ statusCode: 401, level: [levels.warn] })
})
