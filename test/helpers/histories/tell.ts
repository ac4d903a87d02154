/** Tells one history: each happening, everything that follows from it, and in the end rest. Everything is judged on the way. */
import type { RequestRecord } from '../../../sandbox/connect/index.ts'
import type { Sandbox } from '../../../sandbox/start.ts'
import { productId, subscriptionId } from '../../../src/kit/ids.ts'
import { days, hours, minutes } from '../../../src/kit/time.ts'
import type { WantedAction } from '../../../src/subscriptions/index.ts'
import { anOrder, type Bought as BoughtKey, TENANT } from '../world.ts'
import { explains } from './explained.ts'
import type { Happening, History, PlainHappening, Purchase, Ways } from './happenings.ts'
import { Broken, judgeMoment, nothingBefore, watch } from './invariants.ts'
import { agree, productOf, truthOf } from './truth.ts'
import type { HistoryWorld } from './world.ts'

export type Bought = BoughtKey & {
  readonly offerId: string
  readonly ways: Ways
  /** What was asked for at Microsoft here: only that may be sent there. */
  readonly asked: Set<WantedAction['kind']>
}

export async function tell(world: HistoryWorld, { purchase, ways, happenings }: History): Promise<void> {
  await world.reset()
  const { ignoreRefusals, revertAfterRefusal, decided } = ways
  world.sandbox.worlds.marketplace.setOptions({ ignoreRefusals, revertAfterRefusal })
  if (Object.keys(decided).length > 0) await world.decide(productOf(purchase.offerId).id, decided)
  const bought: Bought = { ...buy(world, purchase), offerId: purchase.offerId, ways, asked: new Set() }
  watch(world, bought)
  let before = nothingBefore
  for (const happening of happenings) {
    await happen(world, bought, happening)
    if (happening.what !== 'fault' && happening.what !== 'crash') await world.rest()
    before = await judgeMoment(world, bought, before)
  }
  await comeToRest(world, bought)
  await judgeMoment(world, bought, before)
  await judgeEnd(world, bought)
}

function buy({ sandbox }: HistoryWorld, { offerId, planId, quantity, preview }: Purchase): BoughtKey {
  const order = { offerId, planId, preview, ...(quantity === undefined ? {} : { quantity }) }
  const { subscriptionId: id, token } = sandbox.worlds.marketplace.purchase(order)
  return { key: { tenantId: TENANT, subscriptionId: subscriptionId.parse(id) }, token }
}

/** Whoever asks in vain asks again, or not: nothing of that may break anything. */
const tolerantly = async (attempt: Promise<unknown>): Promise<void> => {
  await attempt.catch(() => undefined)
}

/** What the state of things does not allow is not done. */
const ifAllowed = (act: () => unknown): void => {
  try {
    act()
  } catch (error) {
    if (error instanceof TypeError) throw error
  }
}

async function happen(world: HistoryWorld, bought: Bought, one: Happening): Promise<void> {
  const { marketplace, faults } = world.sandbox.worlds
  const id = bought.key.subscriptionId
  switch (one.what) {
    case 'seats change':
      return ifAllowed(() => marketplace.changeQuantity(id, one.quantity))
    case 'plan changes':
      return ifAllowed(() => marketplace.changePlan(id, one.planId))
    case 'asked for here':
      bought.asked.add(one.wanted.kind)
      return tolerantly(world.ask(bought.key, one.wanted))
    case 'fault':
      faults.add(one.fault)
      return
    case 'crash':
      return world.crashAt(one.point)
    case 'bridge misses calls':
      world.deliveries.push(...Array.from({ length: one.times }, () => one.how))
      return
    case 'time passes':
      return world.pass(one.by)
    default:
      return people(world, bought, one.what)
  }
}

async function people(world: HistoryWorld, bought: Bought, what: PlainHappening): Promise<void> {
  const { marketplace } = world.sandbox.worlds
  const id = bought.key.subscriptionId
  switch (what) {
    case 'buyer lands':
      return tolerantly(world.land(bought.token, productId.parse(productOf(bought.offerId).id)))
    case 'buyer confirms':
      return tolerantly(world.confirm(bought.key, orderOf(bought), 'mara'))
    case 'colleague confirms':
      return tolerantly(world.confirm(bought.key, orderOf(bought), 'jonas'))
    case 'discovery':
      return tolerantly(world.discover())
    case 'restart':
      return world.restart()
    case 'operator retries':
      return tolerantly(world.retry(bought.key))
    case 'notice is replayed':
      return world.replay(bought.key)
    case 'Microsoft suspends':
      return ifAllowed(() => marketplace.suspend(id))
    case 'Microsoft reinstates':
      return ifAllowed(() => marketplace.reinstate(id))
    case 'Microsoft renews':
      return ifAllowed(() => marketplace.renew(id))
    case 'customer cancels':
      return ifAllowed(() => marketplace.cancel(id))
    default:
      ifAllowed(() => vendor(world.sandbox, id, what, world.clock.now().getTime()))
      return world.connectChanged(bought.key)
  }
}

/** The vendor, and the customer the vendor has asked; nothing when there is nothing to answer. */
function vendor(sandbox: Sandbox, id: string, what: PlainHappening, now: number): void {
  const { connect } = sandbox.worlds
  const { open, asset } = truthOf(sandbox, id)
  if (what === 'vendor approves') for (const tier of connect.tierConfigRequests('pending')) connect.approveTierConfig(tier.id)
  if (asset && what === 'vendor adjusts') connect.adjust(asset.id, {})
  if (asset && what === 'vendor cancels') connect.cancel(asset.id)
  for (const request of open) answerRequest(sandbox, request, what, now)
}

function answerRequest({ worlds: { connect } }: Sandbox, { id, items }: RequestRecord, what: PlainHappening, now: number): void {
  switch (what) {
    case 'vendor approves':
      connect.approve(id)
      break
    case 'vendor delivers other seats':
      connect.approve(id, { quantities: Object.fromEntries(items.map(({ itemId }) => [itemId, 3])) })
      break
    case 'vendor fails':
      connect.fail(id, 'Not today.')
      break
    case 'vendor inquires':
      connect.inquire(id, { message: 'Which region?' })
      break
    case 'customer answers':
      connect.answerInquiry(id, {})
      break
    case 'vendor schedules':
      connect.schedule(id, new Date(now + hours(6)))
      break
    case 'vendor confirms the revocation':
      connect.confirm(id)
      break
    default:
      break
  }
}

/** Name and address of a workspace are given once only. */
function orderOf({ key, offerId }: Bought) {
  const name = key.subscriptionId.slice(0, 8)
  if (offerId !== 'larkspur-projects') return anOrder
  const params = {
    workspace_name: `Fabrikam ${name}`,
    workspace_address: `w${name}`,
    data_region: 'eu',
    admin_email: 'mara.vogt@fabrikam.example',
  }
  return { ...anOrder, params: Object.entries({ ...params, sign_in_method: 'password' }).map(([id, value]) => ({ id, value })) }
}

/** Faults stop; everybody does what is theirs to do; time goes by until both sides agree, a day at most. */
async function comeToRest(world: HistoryWorld, bought: Bought): Promise<void> {
  world.sandbox.worlds.faults.clear()
  world.deliveries.length = 0
  world.crashAt(undefined)
  world.sandbox.worlds.connect.setModeOfAll({ kind: 'automatic' })
  for (const length of [minutes(12), hours(8)]) {
    ifAllowed(() => vendor(world.sandbox, bought.key.subscriptionId, 'customer answers', 0))
    await world.pass(length)
    if (await haveAgreed(world, bought)) return
  }
  await tolerantly(world.discover())
  for (const length of [days(1) + minutes(1), hours(2)]) await world.pass(length)
}

async function haveAgreed(world: HistoryWorld, { key }: Bought): Promise<boolean> {
  const record = await world.load(key)
  return agree(truthOf(world.sandbox, key.subscriptionId), record?.confirmed !== undefined)
}

/** 10: once faults stop, both sides agree or an attention item says why not: one whose code is about what differs. */
async function judgeEnd(world: HistoryWorld, { key }: Bought): Promise<void> {
  const record = await world.load(key)
  const truth = truthOf(world.sandbox, key.subscriptionId)
  if (agree(truth, record?.confirmed !== undefined) || (record && explains(truth, record))) return
  const { microsoft, asset, open } = truth
  throw new Broken('10: both sides agree, or attention says why not', {
    ...{ microsoft: microsoft.status, plan: microsoft.planId, seats: microsoft.quantity, asset: asset?.status },
    ...{
      items: [...(asset?.quantities ?? [])],
      open: open.map(({ type, status }) => `${type} ${status}`),
      next: record?.next,
      attention: record?.openAttention.map(({ code }) => code),
    },
    timeline: (await world.timeline(key)).slice(-8).map(({ event, facts }) => `${event} ${JSON.stringify(facts)}`),
  })
}
