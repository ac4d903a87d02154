/** Our client and the sandbox, both held against Microsoft's own description of the API. */
import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { entraClientId, entraTenantId, operationId, planId, subscriptionId } from '../../../src/kit/ids.ts'
import { wallClock } from '../../../src/kit/time.ts'
import { MARKETPLACE_RESOURCE, type MicrosoftSubscription } from '../../../src/microsoft/index.ts'
import { selfSigned } from '../../helpers/self-signed.ts'
import { type ContractBench, contractBench, publisherApp } from './bench.ts'
import { createJudge } from './spec.ts'

const judge = createJudge()
const perUser = { offerId: 'larkspur-projects', planId: 'professional', quantity: 30 }
const flatRate = { offerId: 'larkspur-backup', planId: 'standard' }
const unknown = subscriptionId.parse('00000000-0000-4000-8000-000000000000')

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

async function list({ fulfilment }: ContractBench): Promise<readonly MicrosoftSubscription[]> {
  const all: MicrosoftSubscription[] = []
  for await (const page of fulfilment.listSubscriptions()) all.push(...page)
  return all
}

/** Every call of the client at least once, with good and bad ends. */
async function walkThrough(bench: ContractBench): Promise<void> {
  const { fulfilment, sandbox, buy } = bench
  await list(bench)
  const { id } = await buy(perUser)
  await buy({ ...flatRate, preview: true })
  await buy({ ...flatRate, csp: true, withoutEmail: true }, false)
  sandbox.worlds.marketplace.setOptions({ pageSize: 2, foreignLinks: true, operationDelay: 60_000 })
  await list(bench)
  await fulfilment.getSubscription(id)
  await fulfilment.listAvailablePlans(id)
  await fulfilment.listAvailablePlans(id, planId.parse('professional'))
  const { operationId: started } = await fulfilment.changePlan(id, planId.parse('enterprise'))
  await fulfilment.listOperations(id)
  if (started) await fulfilment.getOperation(id, started)
  await codeOf(fulfilment.changeQuantity(id, 31))
  sandbox.clock.moveBy(120_000)
  await sandbox.settled()
  await fulfilment.changeQuantity(id, 40)
  sandbox.clock.moveBy(120_000)
  await sandbox.settled()
  await fulfilment.cancel(id)
  await sandbox.settled()
}

/** Microsoft asks, we answer, and once more when it is final. */
async function answerAnOperation({ fulfilment, sandbox, buy }: ContractBench): Promise<readonly unknown[]> {
  const { id } = await buy(perUser)
  const asked = sandbox.worlds.marketplace.changeQuantity(id, 25)
  if (!asked.ok) throw new Error(asked.refusal.code)
  const operation = operationId.parse(asked.value.id)
  await fulfilment.patchOperation(id, operation, 'Success')
  return [await codeOf(fulfilment.patchOperation(id, operation, 'Failure')), (await fulfilment.getOperation(id, operation)).status]
}

describe('against the sandbox', () => {
  let bench: ContractBench
  beforeAll(async () => {
    bench = await contractBench()
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.stop())

  describe('the client', () => {
    test('sends nothing but calls of the official description, and every one of them', async () => {
      await walkThrough(bench)
      await answerAnOperation(bench)
      expect(bench.exchanges.flatMap((exchange) => judge.faultsOfCall(exchange))).toEqual([])
      expect(new Set(bench.exchanges.map(judge.operationIdOf))).toEqual(new Set(judge.operationIds))
    })

    test('sends its own credentials and asks for JSON with each of them', async () => {
      await walkThrough(bench)
      for (const { headers } of bench.exchanges) {
        expect(headers).toMatchObject({ authorization: expect.stringMatching(/^Bearer [^ ]+$/), 'content-type': 'application/json' })
      }
    })

    test('the judge is no rubber stamp', async () => {
      await bench.buy(perUser)
      const [resolve, activate] = bench.exchanges
      if (!resolve || !activate) throw new Error('expected two exchanges')
      const { 'x-ms-marketplace-token': _left, ...headers } = resolve.headers
      const wrong = [
        { ...resolve, headers },
        { ...resolve, query: new URLSearchParams() },
        { ...resolve, query: new URLSearchParams('api-version=2018-08-31&odd=1') },
        { ...resolve, headers: { ...resolve.headers, 'x-ms-requestid': 'no guid' } },
        { ...activate, body: '' },
        { ...activate, body: '{"planId":"a","seats":1}' },
        { ...activate, body: '{"planId":"a","quantity":"1"}' },
        { ...activate, path: '/saas/subscriptions/no-guid/activate' },
      ]
      expect(wrong.map((exchange) => judge.faultsOfCall(exchange).length)).not.toContain(0)
      expect(() => judge.faultsOfCall({ ...resolve, path: '/saas/subscription/resolve' })).toThrow('not described')
      const answers = ['{"id":"no guid"}', '{"subscriptionname":"misspelt"}', '{"subscription":{"planId":7}}']
      expect(answers.map((answer) => judge.faultsOfAnswer({ ...resolve, answer }).length)).not.toContain(0)
    })
  })

  describe('the sandbox', () => {
    test('answers in no other way than the official description and the docs allow', async () => {
      await walkThrough(bench)
      await answerAnOperation(bench)
      await codeOf(bench.fulfilment.resolve('no-such-token'))
      for (const call of [bench.fulfilment.getSubscription, bench.fulfilment.cancel, bench.fulfilment.listAvailablePlans])
        await codeOf(call(unknown))
      bench.sandbox.worlds.marketplace.setOptions({ foreignLinks: false })
      await list(bench)
      const faults = bench.exchanges.flatMap((exchange) =>
        judge.faultsOfAnswer(exchange).map((fault) => `${exchange.method} ${exchange.path} ${exchange.status}: ${fault}`),
      )
      expect(faults).toEqual([])
      expect(bench.exchanges.length).toBeGreaterThan(25)
    })
  })

  describe('together', () => {
    test.each(['PS256', 'RS256'] as const)('a certificate opens the door as well as a secret (%s)', async (algorithm) => {
      const tokens = bench.tokensBy(wallClock) // Entra judges statements by the machine's clock, here too
      const { certificate, privateKey } = selfSigned()
      const jwk = createPublicKey(certificate).export({ format: 'jwk' })
      bench.sandbox.worlds.entra.apps.set(publisherApp.clientId, { certificates: [{ ...jwk, kty: 'RSA', alg: algorithm }], secrets: [] })
      const app = { ...publisherApp, credentials: [{ kind: 'certificate', certificate, privateKey, algorithm } as const] }
      expect(await tokens.prove(app, MARKETPLACE_RESOURCE)).toMatchObject([{ ok: true }])
      expect(await tokens.prove(publisherApp, MARKETPLACE_RESOURCE)).toMatchObject([{ error: { code: 'ERR_MS_CREDENTIAL_WRONG' } }])
    })

    test('an unknown app and an unknown directory are told apart', async () => {
      const nobody = '00000000-0000-4000-8000-000000000000'
      const apps = [
        { ...publisherApp, clientId: entraClientId.parse(nobody) },
        { ...publisherApp, tenantId: entraTenantId.parse(nobody) },
      ]
      const tokens = bench.tokensBy(wallClock)
      const codes = await Promise.all(apps.map((app) => codeOf(tokens.get(app, MARKETPLACE_RESOURCE))))
      expect(codes).toEqual(['ERR_MS_APP_UNKNOWN', 'ERR_MS_DIRECTORY_UNKNOWN'])
    })

    test('a purchase is resolved, activated and becomes Subscribed with its term', async () => {
      const { fulfilment, buy } = bench
      const { id, token } = await buy(perUser)
      expect(await fulfilment.resolve(token)).toMatchObject({ id, status: 'Subscribed', quantity: 30, offerId: 'larkspur-projects' })
      const { term } = await fulfilment.getSubscription(id)
      expect([term.termUnit, term.startDate, term.endDate]).not.toContain(undefined)
    })

    test('the list has every purchase once, in pages, under links of a foreign host', async () => {
      for (let n = 0; n < 5; n++) await bench.buy(flatRate, false)
      bench.sandbox.worlds.marketplace.setOptions({ pageSize: 2, foreignLinks: true })
      const all = await list(bench)
      expect(new Set(all.map((each) => each.id)).size).toBe(5)
      expect(all).toMatchObject(
        Array.from({ length: 5 }, () => ({ status: 'PendingFulfillmentStart', quantity: undefined, term: { startDate: undefined } })),
      )
    })

    test('a change is accepted, followed by its operation and carried out', async () => {
      const { fulfilment, sandbox, buy } = bench
      const { id } = await buy(perUser)
      sandbox.worlds.marketplace.setOptions({ foreignLinks: true })
      const { operationId: started } = await fulfilment.changeQuantity(id, 42)
      expect(started).toBeDefined()
      await sandbox.settled()
      expect(await fulfilment.getSubscription(id)).toMatchObject({ quantity: 42, status: 'Subscribed' })
    })

    test('an operation is answered once; then it is final', async () => {
      expect(await answerAnOperation(bench)).toEqual(['ERR_MS_CONFLICT', 'Succeeded'])
    })

    test('the ends that callers must tell apart are told apart', async () => {
      const { fulfilment, buy } = bench
      const { id } = await buy({ ...flatRate, csp: true })
      const { id: pending } = await buy(perUser, false)
      expect(await codeOf(fulfilment.resolve('no-such-token'))).toBe('ERR_MS_PURCHASE_TOKEN_REFUSED')
      expect(await codeOf(fulfilment.getSubscription(unknown))).toBe('ERR_MS_NOT_FOUND')
      expect(await codeOf(fulfilment.getOperation(id, operationId.parse(unknown)))).toBe('ERR_MS_NOT_FOUND')
      expect(await codeOf(fulfilment.cancel(id))).toBe('ERR_MS_BAD_REQUEST')
      expect(await codeOf(fulfilment.changeQuantity(pending, 31))).toBe('ERR_MS_BAD_REQUEST')
      expect(await fulfilment.listOperations(unknown)).toEqual([])
    })

    test('a lost answer to an activation is repeated within the call, and takes effect once', async () => {
      const { fulfilment, sandbox, buy } = bench
      const { id } = await buy(perUser, false)
      sandbox.worlds.faults.add({ world: 'marketplace', path: 'activate$', kind: 'hangAfterEffect' })
      const outcome = await codeOf(fulfilment.activate(id, { planId: planId.parse('professional'), quantity: 30 }))
      await sandbox.settled()
      expect(['no error', 'ERR_MS_BAD_REQUEST']).toContain(outcome)
      expect(await fulfilment.getSubscription(id)).toMatchObject({ status: 'Subscribed' })
    })

    test('a lost answer to a change is not repeated; the caller is told that it may have happened', async () => {
      const { fulfilment, sandbox, buy } = bench
      const { id } = await buy(perUser)
      sandbox.worlds.faults.add({ world: 'marketplace', method: 'PATCH', kind: 'hangAfterEffect' })
      await expect(fulfilment.changeQuantity(id, 31)).rejects.toMatchObject({ code: 'ERR_MS_UNAVAILABLE', outcomeUnknown: true })
      expect(sandbox.worlds.marketplace.operations(id).filter((operation) => operation.action === 'ChangeQuantity')).toHaveLength(1)
    })
  })
})
