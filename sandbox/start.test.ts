import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { connectSeed } from './seed.ts'
import { close } from './server.ts'
import { startSandbox } from './start.ts'

test('every world answers where the sandbox says it is, and none after it stopped', async () => {
  const sandbox = await startSandbox({ port: 0 })
  const { urls } = sandbox
  const status = async (url: string, headers = {}) => (await fetch(url, { headers })).status
  expect(await status(urls.storefront)).toBe(200)
  expect(await status(urls.desk)).toBe(200)
  expect(await status(`${urls.login}/common/v2.0/.well-known/openid-configuration`)).toBe(200)
  expect(await status(`${urls.marketplace}/saas/subscriptions?api-version=2018-08-31`)).toBe(401)
  expect(await status(`${urls.connect}/products`, { authorization: connectSeed.provider.token })).toBe(200)
  await sandbox.stop()
  await expect(status(urls.storefront)).rejects.toThrow()
})

test('two sandboxes in one process know nothing of each other', async () => {
  const [one, two] = await Promise.all([startSandbox({ port: 0 }), startSandbox({ port: 0 })])
  one.worlds.marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' })
  expect([one, two].map(({ worlds }) => worlds.marketplace.subscriptions().length)).toEqual([1, 0])
  await Promise.all([one.stop(), two.stop()])
})

test('a taken port is refused with the reason', async () => {
  const sandbox = await startSandbox({ port: 0 })
  await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow(/EADDRINUSE/)
  await sandbox.stop()
})

test('stopping does not wait for a webhook call that hangs', async () => {
  const hanging = createServer(() => undefined)
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
  const address = hanging.address()
  const called = new Promise((resolve) => hanging.once('request', resolve))
  const sandbox = await startSandbox({ port: 0, bridgeUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` })
  const { marketplace } = sandbox.worlds
  marketplace.cancel(marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' }).subscriptionId)
  await called
  const began = performance.now()
  await sandbox.stop()
  expect(performance.now() - began).toBeLessThan(marketplace.options().webhookTimeout / 2)
  await close(hanging)
})
