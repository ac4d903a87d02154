/** Every example of docs/api.md runs as it stands. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { days, plus } from '../../src/kit/time.ts'
import { addressOf, PROJECTS } from '../helpers/notified-world.ts'
import { onPlatform } from '../usage/platform.ts'
import { type Door, openDoor } from './door.ts'

const examples = [...readFileSync('docs/api.md', 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text.trim())

let door: Door
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  door = await openDoor()
  const { world, bought } = door
  const key = await door.keyOf(['read', 'operate', 'usage'])
  const platform = await onPlatform(world)
  world.sandbox.worlds.connect.setMode(PROJECTS, { kind: 'fail', reason: 'No more workspaces' })
  granted(world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, 40))
  await world.until('attention', async () => (await world.read(bought.key)).openAttention.length > 0)
  const firstOf = async (path: string) => {
    const [one] = (await door.call(key, 'GET', path)).body['items'] as readonly { readonly id: string }[]
    return one?.id ?? ''
  }
  env = {
    PATH: process.env['PATH'] ?? '',
    BRIDGE: addressOf(world, '/').origin,
    KEY: key,
    SUBSCRIPTION: bought.key.subscriptionId,
    ITEM: await firstOf('/attention'),
    NOTICE: await firstOf('/notices'),
    METERED: platform.key.subscriptionId,
    NOW: world.clock.now().toISOString(),
    TOMORROW: plus(world.clock.now(), days(1)).toISOString(),
  }
})
afterAll(() => door.world.stop())

const run = (command: string): Promise<{ readonly code: number; readonly out: string }> =>
  new Promise((resolve) => {
    execFile('bash', ['-c', command], { env }, (error, out) => resolve({ code: Number(error?.code ?? 0), out }))
  })

test('there are examples for each kind of thing', () => {
  for (const path of ['tenant', 'subscriptions', 'usage', 'attention', 'notices', 'work'])
    expect(examples.some((one) => one.includes(`/api/v1/${path}`))).toBe(true)
})

test.each(examples)('%s', async (example) => {
  const { code, out } = await run(example)
  expect([code, out]).toEqual([0, expect.stringMatching(/^[{[]/)])
})
