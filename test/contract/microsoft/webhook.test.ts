/** Notices as the sandbox sends them: really signed tokens, proved; bodies, read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '../../../src/kit/http.ts'
import { entraClientId } from '../../../src/kit/ids.ts'
import { silentLog } from '../../../src/kit/log.ts'
import { createTokenProof, isRevert, readNotice } from '../../../src/microsoft/index.ts'
import { startScriptedServer } from '../../helpers/scripted-server.ts'
import { type ContractBench, contractBench, publisherApp } from './bench.ts'

describe('a notice of the sandbox', () => {
  let bench: ContractBench
  const http = createHttp()
  beforeAll(async () => {
    bench = await contractBench()
  })
  afterAll(async () => {
    await http.close()
    await bench.stop()
  })

  /** Buys, asks for more seats, and gives the calls our webhook gets. */
  async function noticesOfAChange({ reset } = { reset: true }) {
    if (reset) bench.reset()
    const server = await startScriptedServer(() => ({ status: 200 }))
    bench.sandbox.setBridgeUrl(server.url.origin)
    const { id } = await bench.buy({ offerId: 'larkspur-projects', planId: 'professional', quantity: 20 })
    bench.sandbox.worlds.marketplace.changeQuantity(id, 25)
    await bench.sandbox.settled()
    return { id, seen: server.seen }
  }

  const proof = () =>
    createTokenProof({
      http,
      loginUrl: new URL(bench.sandbox.urls.login),
      stsUrl: new URL(bench.sandbox.urls.sts),
      clock: bench.sandbox.clock,
      log: silentLog,
    })

  test('comes with a token that is proved, and a body that is read', async () => {
    const { id, seen } = await noticesOfAChange()
    const [notice] = seen.filter((request) => request.path.endsWith('/notification'))
    expect(await proof()(notice?.headers['authorization'], publisherApp)).toMatchObject({ ok: true })
    const reading = readNotice(notice?.body)
    expect(reading).toMatchObject({
      readable: true,
      notice: {
        subscriptionId: id,
        action: 'ChangeQuantity',
        quantity: 25,
        source: 'Azure',
        subscription: { quantity: 20, status: 'Subscribed' },
      },
    })
    expect(reading.readable && isRevert(reading.notice)).toBe(false)
  })

  test('is proved as well when the app takes tokens of version 2', async () => {
    const clientId = publisherApp.clientId
    bench.reset()
    bench.sandbox.worlds.entra.apps.set(clientId, { tokenVersion: 2 })
    const { seen } = await noticesOfAChange({ reset: false })
    expect(await proof()(seen.at(-1)?.headers['authorization'], publisherApp)).toMatchObject({
      ok: true,
      version: 'v2',
      claims: { ver: '2.0' },
    })
  })

  test('is not proved for another publisher’s app, nor after its time', async () => {
    const { seen } = await noticesOfAChange()
    const authorization = seen.at(-1)?.headers['authorization']
    const other = { ...publisherApp, clientId: entraClientId.parse('00000000-0000-4000-8000-000000000000') }
    expect(await proof()(authorization, other)).toMatchObject({ refused: 'bad', reason: 'otherAudience' })
    bench.sandbox.clock.moveBy(48 * 3_600_000)
    expect(await proof()(authorization, publisherApp)).toMatchObject({ refused: 'bad', reason: 'expired' })
  })
})
