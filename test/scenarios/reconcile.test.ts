/** The reconcile over both sandbox worlds: what was sold before the bridge, what drifts apart, and lists that break off in the middle. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { listAttention } from '../../src/attention/index.ts'
import { listWork } from '../../src/database/work/index.ts'
import { assetId, type SubscriptionId, subscriptionId } from '../../src/kit/ids.ts'
import { days, hours } from '../../src/kit/time.ts'
import {
  acceptMatch,
  confirmTenant,
  type Finding,
  previewMatch,
  type ReconcileRun,
  readBrakes,
  readFindings,
  reconcile,
  wakeReconcile,
  withdrawMatch,
} from '../../src/subscriptions/index.ts'
import { hear } from '../helpers/notified-world.ts'
import { buy, confirm, createWorld, land, NOTES, TENANT, visitorOf, type World } from '../helpers/world.ts'

const SEAT = `${NOTES}-0001`

let world: World
beforeEach(async () => {
  world = await createWorld()
  await world.database.db.deleteFrom('tenant_brakes').execute() // as a publisher that has just been set up
})
afterEach(() => world.stop())

const market = () => world.sandbox.worlds.marketplace
const connect = () => world.sandbox.worlds.connect
const deps = () => ({ ...world.bridge.subscriptions, db: world.database.db })
const key = (id: string) => ({ tenantId: TENANT, subscriptionId: subscriptionId.parse(id) })

/** Sold and activated before the bridge. */
const sold = (quantity = 5): SubscriptionId =>
  subscriptionId.parse(market().purchase({ offerId: 'larkspur-notes', planId: 'team', quantity, active: true }).subscriptionId)
const had = (externalUid: string, quantity = 5, more: Partial<Parameters<ReturnType<typeof connect>['sell']>[0]> = {}) =>
  connect().sell({ productId: NOTES, externalUid, quantities: { [SEAT]: quantity }, ...more })

async function run(
  options: { readonly dryRun?: boolean } = {},
): Promise<{ readonly run: ReconcileRun; readonly findings: readonly Finding[] }> {
  const ended = await reconcile(deps(), { tenantId: TENANT, by: 'test', dryRun: false, ...options }, new AbortController().signal)
  const findings: Finding[] = []
  for await (const finding of readFindings(world.database.db, ended)) findings.push(finding)
  return { run: ended, findings }
}
const standingOf = (findings: readonly Finding[], id: string) =>
  findings.find((one) => one.subscriptionId === id || (one.subscriptionId === undefined && one.assetId === id))?.standing ?? 'inStep'
const requestsOf = (asset: string, type: 'change' | 'cancel' | 'purchase') => connect().requests({ assetId: asset, type }).length
const codes = async () => (await listAttention(world.database.db, { tenantId: TENANT }, world.clock.now())).map(({ code }) => code)

describe('subscriptions that existed before the bridge', () => {
  test('with our id on their asset are known from the first reconcile on, and nobody has to confirm an order', async () => {
    const id = sold()
    const asset = had(id)
    const { run: first, findings } = await run()
    expect([first.counts.inStep, findings]).toEqual([1, []])
    await world.rest()
    const record = await world.read(key(id))
    expect(record).toMatchObject({ connect: { asset: { id: asset.id } }, next: { kind: 'settled' }, confirmed: undefined })
  })

  test('are not changed before an operator has confirmed the report, and are brought in step after it', async () => {
    const id = sold(7)
    const asset = had(id, 5)
    const { run: first, findings } = await run()
    expect(first.preexisting).toBe(1)
    expect(findings).toMatchObject([
      { standing: 'differs', differences: [{ field: 'seats', microsoft: '7', connect: '5' }], forecast: { will: 'wait', for: 'operator' } },
    ])
    await world.pass(hours(2))
    expect([requestsOf(asset.id, 'change'), await codes()]).toEqual([0, ['FIRST_RECONCILE_UNCONFIRMED']])
    await confirmTenant(world.database.db, TENANT, 'ada', world.clock.now())
    await world.rest()
    expect([requestsOf(asset.id, 'change'), await codes()]).toEqual([1, []])
  })

  test('do not hold up purchases that begin on our landing page', async () => {
    const id = sold(7)
    had(id, 5)
    await run()
    connect().setMode(NOTES, { kind: 'automatic' })
    const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 3 })
    await land(world, bought)
    await confirm(world, bought)
    await world.until('an active subscription', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')
  })

  test('that were cancelled at Microsoft meanwhile are not cancelled at the vendor before the confirmation', async () => {
    const id = sold()
    const asset = had(id)
    granted(market().cancel(id))
    await run()
    await world.pass(hours(1))
    expect(requestsOf(asset.id, 'cancel')).toBe(0)
    await confirmTenant(world.database.db, TENANT, 'ada', world.clock.now())
    await world.rest()
    expect(requestsOf(asset.id, 'cancel')).toBe(1)
  })

  test('a publisher that had none needs no confirmation', async () => {
    await run()
    expect(await readBrakes(world.database.db, TENANT)).toMatchObject({ confirmedBy: 'nothing to confirm' })
  })
})

describe('a subscription without an asset of its id', () => {
  const mara = visitorOf('mara')
  const maras = { name: 'Fabrikam', externalUid: mara.entraTenantId, email: 'it@fabrikam.example' }

  test('is never ordered silently, and gets the asset proposed that fits, with the reasons', async () => {
    const id = sold(5)
    const right = had(randomUUID(), 5, { customer: maras })
    had(randomUUID(), 5)
    const { findings } = await run()
    const finding = findings.find((one) => one.subscriptionId === id)
    expect(finding).toMatchObject({ standing: 'onlyAtMicrosoft', proposal: { best: { assetId: right.id } } })
    expect(finding?.proposal?.best?.because.join(' ')).toMatch(/organization.*same items/)
    await world.rest()
    const [item] = (await world.read(key(id))).openAttention
    expect(item).toMatchObject({ code: 'ASSET_MISSING', facts: { proposedAsset: right.id } })
    expect(connect().requests({ externalUid: id })).toEqual([])
  })

  test('whose matched asset Connect does not know any more is left to a person, until another is matched', async () => {
    const id = sold(5)
    const [gone, other] = [had(randomUUID(), 5), had(randomUUID(), 5)]
    await run()
    await confirmTenant(world.database.db, TENANT, 'ada', world.clock.now())
    world.sandbox.worlds.faults.add({ world: 'connect', path: `/assets/${gone.id}$`, kind: 'status', status: 404, times: 1_000 })
    await acceptMatch(deps(), key(id), assetId.parse(gone.id), 'ada')
    await world.rest()
    expect((await world.read(key(id))).openAttention).toMatchObject([{ code: 'MATCHED_ASSET_UNKNOWN', facts: { asset: gone.id } }])
    const [waits] = await listWork(world.database.db, { kind: 'subscription', key: id, limit: 1 })
    expect(waits).toMatchObject({ attempts: 0, lastError: undefined }) // looked at as usual: no look fails
    await acceptMatch(deps(), key(id), assetId.parse(other.id), 'ada')
    await world.rest()
    expect(await world.read(key(id))).toMatchObject({ connect: { asset: { id: other.id } }, next: { kind: 'settled' }, openAttention: [] })
  })

  test('is observed and kept in step by the asset an operator accepts', async () => {
    const id = sold(5)
    const asset = had(randomUUID(), 5, { customer: maras })
    await run()
    await world.rest()
    expect(await previewMatch(deps(), key(id), assetId.parse(asset.id))).toMatchObject({ refusal: undefined, differences: [] })
    await acceptMatch(deps(), key(id), assetId.parse(asset.id), 'ada')
    await confirmTenant(world.database.db, TENANT, 'ada', world.clock.now())
    await world.rest()
    expect(await world.read(key(id))).toMatchObject({ connect: { asset: { id: asset.id } }, next: { kind: 'settled' }, openAttention: [] })
    expect((await run()).findings).toEqual([])
    connect().setMode(NOTES, { kind: 'automatic' })
    await hear(world, world.bridge)
    granted(market().changeQuantity(id, 8))
    await world.until('eight seats at the vendor', () => connect().asset(asset.id).quantities.get(SEAT) === 8)
  })

  test('whose match was wrong is refused where that can be told, and can be taken back otherwise', async () => {
    const [id, other] = [sold(5), sold(4)]
    const others = had(other, 4)
    const wrong = had(randomUUID(), 9)
    const ended = had(randomUUID(), 5)
    connect().cancel(ended.id)
    const foreign = connect().sell({ productId: 'PRD-417-220-903', externalUid: randomUUID(), quantities: { 'PRD-417-220-903-0001': -1 } })
    await run()
    const preview = async (asset: string) => (await previewMatch(deps(), key(id), assetId.parse(asset))).refusal
    expect([await preview(others.id), await preview(ended.id), await preview(foreign.id), await preview('AS-0-0-0')]).toEqual([
      'takenByAnother',
      'terminated',
      'otherProduct',
      'noSuchAsset',
    ])
    expect((await previewMatch(deps(), key(id), assetId.parse(wrong.id))).differences).toEqual(['seats: 5 at Microsoft, 9 in Connect'])
    await acceptMatch(deps(), key(id), assetId.parse(wrong.id), 'ada')
    await expect(acceptMatch(deps(), key(other), assetId.parse(wrong.id), 'bob')).rejects.toMatchObject({ code: 'ERR_ASSET_TAKEN' })
    await withdrawMatch(deps(), key(id), 'ada')
    await world.rest()
    expect((await world.read(key(id))).openAttention.map(({ code }) => code)).toEqual(['ASSET_MISSING'])
    expect(requestsOf(wrong.id, 'change')).toBe(0)
  })
})

describe('the report', () => {
  test('names each thing once: in step, different, on one side only, unmanaged', async () => {
    const same = sold()
    had(same)
    const different = sold(9)
    const itsAsset = had(different, 2)
    const lonely = sold()
    const orphan = had(randomUUID())
    const [offer] = market().offers()
    if (offer) market().addOffer({ ...offer, offerId: 'foreign-offer', name: 'Foreign' })
    const foreign = market().purchase({ offerId: 'foreign-offer', planId: 'team', quantity: 1 }).subscriptionId
    world.clock.moveBy(hours(1))
    const { run: first, findings } = await run()
    expect([same, different, lonely, orphan.id, foreign].map((id) => standingOf(findings, id))).toEqual([
      'inStep',
      'differs',
      'onlyAtMicrosoft',
      'onlyAtConnect',
      'unmanaged',
    ])
    expect(findings.find(({ subscriptionId: id }) => id === different)?.assetId).toBe(itsAsset.id)
    expect(Object.values(first.counts).reduce((a, b) => a + b)).toBe(5)
    expect(new Set(findings.map(({ subscriptionId: id, assetId: asset }) => id ?? asset)).size).toBe(findings.length)
  })

  test('says since when: as long as the same difference has been seen night after night', async () => {
    const id = sold(9)
    had(id, 2)
    const first = (await run()).run
    world.clock.moveBy(days(1))
    expect((await run()).findings[0]?.since).toEqual(first.startedAt)
    granted(market().suspend(id))
    const third = await run()
    expect(third.findings[0]?.since).toEqual(third.run.startedAt)
  })

  test('of a dry run changes nothing and has nothing looked at', async () => {
    const id = sold(9)
    had(id, 2)
    sold()
    await world.rest()
    const everything = async () =>
      JSON.stringify([
        await world.database.db.selectFrom('subscriptions').selectAll().orderBy('id').execute(),
        await world.database.db.selectFrom('work').selectAll().orderBy('key').execute(),
        await world.database.db.selectFrom('timeline').selectAll().orderBy('seq').execute(),
        await world.database.db.selectFrom('attention_items').selectAll().orderBy('seq').execute(),
        await world.database.db.selectFrom('tenant_brakes').selectAll().execute(),
        connect().requests().length,
      ])
    const before = await everything()
    const { findings } = await run({ dryRun: true })
    expect(findings.map(({ standing }) => standing)).toEqual(['differs', 'onlyAtMicrosoft'])
    expect(await everything()).toEqual(before)
  })
})

describe('a list that breaks off in the middle', () => {
  test.each([
    ['marketplace', 403],
    ['marketplace', 404],
    ['marketplace', 500],
    ['connect', 403],
    ['connect', 404],
    ['connect', 500],
  ] as const)('%s answers %i: what was read is compared, what was not is not reported as missing', async (side, status) => {
    market().setOptions({ pageSize: 2 })
    const ids = [sold(), sold(), sold(), sold(), sold()]
    for (const id of ids) had(id)
    await confirmTenant(world.database.db, TENANT, 'ada', world.clock.now())
    await run()
    await world.rest()
    world.clock.moveBy(hours(1))
    const path = side === 'marketplace' ? '/saas/subscriptions/$' : '/assets$'
    world.sandbox.worlds.faults.add({
      world: side,
      method: 'GET',
      path,
      kind: 'status',
      status,
      skip: side === 'marketplace' ? 1 : 0,
      times: 10_000,
    })
    const { run: broken, findings } = await run()
    expect(broken.faults.map((fault) => fault.side)).toContain(side === 'marketplace' ? 'microsoft' : 'connect')
    expect(new Set(findings.map(({ standing }) => standing))).toEqual(new Set(['notRead']))
    expect(broken.counts.inStep).toBe(side === 'marketplace' ? 2 : 0)
    expect(Object.values(broken.counts).reduce((a, b) => a + b)).toBe(5)
    await world.rest()
    // Of subscriptions nothing is asked; that the publisher's credential is refused is said once for all of them.
    expect(await codes()).toEqual(side === 'marketplace' && status === 403 ? ['MICROSOFT_CREDENTIAL_REFUSED'] : [])
  })
})

test('every tenant is reconciled each night by itself, and at once when it never was', async () => {
  await wakeReconcile(world.database.db, world.clock.now())
  await world.rest()
  const runs = () => world.database.db.selectFrom('reconcile_runs').select(['begun_by', 'ended_at']).execute()
  expect(await runs()).toMatchObject([{ begun_by: 'nightly', ended_at: expect.any(Date) }])
  await wakeReconcile(world.database.db, world.clock.now()) // as another start of the service
  await world.rest()
  expect(await runs()).toHaveLength(1)
  await world.pass(days(1))
  expect(await runs()).toHaveLength(2)
})
