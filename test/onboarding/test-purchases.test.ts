/** Purchases of the preview, of a test and of a sandbox: nobody takes one for a customer's. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleAttention } from '../../src/attention/index.ts'
import { inTransaction } from '../../src/database/index.ts'
import { instant } from '../../src/kit/time.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { listening } from '../helpers/listening.ts'
import { notify } from '../helpers/notified-world.ts'
import { buy, createWorld, land, TENANT, type World } from '../helpers/world.ts'

let world: World
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  world = await createWorld()
  env = await listening(world)
})
afterAll(() => world.stop())

test('a test purchase is marked wherever a person reads of it: of the preview, of a test, of a sandbox', async () => {
  const kinds = [{ preview: true }, { isTest: true }, { sandboxType: 'Csp' as const }, {}]
  const marked: unknown[] = []
  for (const kind of kinds) {
    const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', buyer: 'mara', quantity: 3, ...kind })
    await land(world, bought)
    const id = bought.key.subscriptionId
    const at = new Date(world.clock.now().getTime())
    await inTransaction(world.database.db, (tx) =>
      settleAttention(
        tx,
        {
          tenantId: TENANT,
          subject: { kind: 'subscription', id },
          among: ['BUYER_NOT_CONFIRMED'],
          wanted: [{ code: 'BUYER_NOT_CONFIRMED', facts: {} }],
        },
        instant(at),
      ),
    )
    await notify(world, { id: randomUUID(), subscriptionId: id, action: 'Renew', offerId: 'larkspur-notes', planId: 'team', quantity: 3 })
    const as = async (...args: readonly string[]) => (await terminal(world, { env })(...args)).out
    const [item] = JSON.parse(await as('attention', 'list', '--subject', id, '--json'))
    marked.push([
      (await as('subscription', 'list'))
        .split('\n')
        .find((line) => line.startsWith(id))
        ?.includes(' TEST '),
      /\(test: /.test(await as('subscription', 'show', id)),
      (await as('attention', 'list', '--subject', id)).includes(`subscription ${id} TEST`),
      (await as('attention', 'show', item.id)).includes('a TEST purchase'),
      item.purchase,
      (await as('usage', 'show', id)).includes('A TEST purchase'),
      (await as('notification', 'list', '--subscription', id)).includes(`${id} TEST`),
    ])
  }
  const test = [true, true, true, true, 'test', true, true]
  expect(marked).toEqual([test, test, test, [false, false, false, false, 'production', false, false]])
})
