/** Whatever Microsoft tells in whatever state: it is kept and answered 200, its body is not believed, and what it becomes is written in the table. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { minutes } from '../../src/kit/time.ts'
import type { NoticeAction } from '../../src/subscriptions/rules/notice.ts'
import { createNotifiedWorld, noticesOf, notify } from '../helpers/notified-world.ts'
import { type Bought, buy, confirm, land, NOTES, TENANT, type World } from '../helpers/world.ts'
import { ACTIONS } from './cells.ts'
import { noticeTable, type TriedState } from './notice-table.ts'

const STATES = Object.keys(noticeTable) as readonly TriedState[]
/** Of the same subject: told of one subscription the later would take the earlier one's place. */
const APART: readonly NoticeAction[] = ['Reinstate', 'Unsubscribe', 'Subscribe']

let world: World
const answered = new Map<string, number>()
const before = new Map<Bought, object>()
const subscriptions = new Map<TriedState, readonly Bought[]>()

const market = () => world.sandbox.worlds.marketplace
const aboutOf = (state: TriedState, action: NoticeAction): Bought => {
  const [shared, ...apart] = subscriptions.get(state) ?? []
  return apart[APART.indexOf(action)] ?? shared ?? expect.fail()
}

beforeAll(async () => {
  world = await createNotifiedWorld()
  world.sandbox.worlds.connect.setMode(NOTES, { kind: 'automatic' })
  for (const state of STATES.filter((one) => one !== 'NeverSeen')) subscriptions.set(state, await broughtTo(state))
  await world.until('what was delivered to be active', () => delivered().every((one) => one.status === 'Subscribed'))
  for (const state of ['Suspended', 'Unsubscribed'] as const) {
    for (const { key } of subscriptions.get(state) ?? []) {
      granted(state === 'Suspended' ? market().suspend(key.subscriptionId) : market().cancel(key.subscriptionId))
    }
  }
  await world.pass(minutes(12)) // what came of these is over
  await world.pass(minutes(6))
  subscriptions.set('NeverSeen', await broughtTo('NeverSeen'))
  for (const bought of [...subscriptions.values()].flat()) before.set(bought, bothSides(bought))
  for (const state of STATES) for (const action of ACTIONS) answered.set(`${action} ${state}`, await tell(aboutOf(state, action), action))
  for (const length of [0, 1_000, 5_000, 30_000]) await world.pass(length)
})
afterAll(() => world.stop())

const DELIVERED: readonly TriedState[] = ['Subscribed', 'Suspended', 'Unsubscribed']
const delivered = () =>
  DELIVERED.flatMap((state) => subscriptions.get(state) ?? []).map(({ key }) => market().subscription(key.subscriptionId) ?? expect.fail())

async function broughtTo(state: TriedState): Promise<readonly Bought[]> {
  const [offer] = market().offers()
  if (state === 'NotOurs' && offer) market().addOffer({ ...offer, offerId: 'juniper-mail' })
  const offerId = state === 'NotOurs' ? 'juniper-mail' : 'larkspur-notes'
  const bought = [0, ...APART].map(() => buy(world, { offerId, planId: 'team', quantity: 5 }))
  for (const one of DELIVERED.includes(state) ? bought : []) {
    await land(world, one)
    await confirm(world, one)
  }
  return bought
}

async function tell({ key }: Bought, action: NoticeAction): Promise<number> {
  const target = { ...(action === 'ChangePlan' ? { planId: 'platinum' } : {}), ...(action === 'ChangeQuantity' ? { quantity: 99 } : {}) }
  const word = action === 'Unknown' ? 'Transfer' : action
  const body = { id: randomUUID(), subscriptionId: key.subscriptionId, action: word, status: 'Succeeded', ...target }
  return (await notify(world, body, `/portal/${TENANT}/${NOTES}/notification`)).status
}

function bothSides({ key }: Bought): object {
  const found = market().subscription(key.subscriptionId)
  const { connect } = world.sandbox.worlds
  const uid = { externalUid: key.subscriptionId }
  const requests = connect.requests(uid).map(({ type, status }) => `${type} ${status}`)
  return { microsoft: [found?.status, found?.planId, found?.quantity], requests, assets: connect.assets(uid).map(({ status }) => status) }
}

describe.each(STATES)('while a subscription is %s', (state) => {
  test.each(ACTIONS)('%s is kept, and nothing is done for its word alone', async (action) => {
    const about = aboutOf(state, action)
    const found = (await noticesOf(world, about)).findLast((notice) => notice.action === (action === 'Unknown' ? 'Transfer' : action))
    expect(answered.get(`${action} ${state}`)).toBe(200)
    expect(found?.outcome ?? 'waited for').toBe(noticeTable[state][action])
    expect(bothSides(about)).toEqual(before.get(about))
  })
})
