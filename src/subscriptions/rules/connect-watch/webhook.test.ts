import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planWebhook, type WebhookFacts } from './webhook.ts'

const url = 'https://bridge.example/connect/larkspur/events'
const webhook = fc.record({ id: fc.constantFrom('WH-1', 'WH-2'), url: fc.constantFrom(url, 'https://old.example/x'), active: fc.boolean() })
const facts: fc.Arbitrary<WebhookFacts> = fc.record({
  url: fc.constant(url),
  isReachable: fc.boolean(),
  known: fc.constantFrom(undefined, { webhookId: undefined }, { webhookId: 'WH-1' }),
  found: fc.uniqueArray(webhook, { selector: ({ id }) => id }),
})

test('a webhook is made only where none is ours, and never for an address Connect cannot reach', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const plan = planWebhook(given)
      const isOurs = given.found.some((one) => one.url === url || one.id === given.known?.webhookId)
      if (plan.do === 'create') expect([given.isReachable, isOurs]).toEqual([true, false])
      if (!given.isReachable) expect(plan).toEqual({ do: 'none' })
    }),
  )
})

test('one is taken as it is only when it is the one we gave our secret to; one that was switched off stays off', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const plan = planWebhook(given)
      if (plan.do === 'keep') expect([plan.id, given.known?.webhookId]).toEqual(['WH-1', 'WH-1'])
      if (plan.do === 'update') expect(given.found.find(({ id }) => id === plan.id)?.active).toBe(true)
    }),
  )
})
