import { afterEach, beforeEach, expect, test } from 'vitest'
import { days, plus } from '../../src/kit/time.ts'
import { pairsOf, requestMachine, stateCode } from './machine.ts'
import type { RequestRecord, RequestStatus } from './records.ts'
import { Refusal } from './refusal.ts'
import { createRequest } from './requests/create.ts'
import { productNamed, projectsParams, purchaseBody, startConnect, type TestConnect } from './testing.ts'
import fulfilment from './workflows/subscriptions-fulfillment-request.json' with { type: 'json' }

let connect: TestConnect
beforeEach(async () => {
  connect = await startConnect()
})
afterEach(() => connect.stop())

const statuses: readonly RequestStatus[] = [
  'draft',
  'tiers_setup',
  'pending',
  'inquiring',
  'approved',
  'failed',
  'scheduled',
  'revoking',
  'revoked',
]

/** Brings a request into a status by the calls that lead there. */
function requestIn(status: RequestStatus): RequestRecord {
  const { world } = connect
  const waits = status === 'tiers_setup' || status === 'draft'
  const body = waits ? purchaseBody(productNamed('Projects'), { params: projectsParams }) : purchaseBody(productNamed('Notes'))
  const request = createRequest(world.state, status === 'draft' ? { ...body, status: 'draft' } : body, 'provider')
  const tomorrow = plus(connect.clock.now(), days(1))
  if (status === 'inquiring') world.inquire(request.id)
  if (status === 'approved') world.approve(request.id)
  if (status === 'failed') world.fail(request.id, 'no')
  if (status === 'scheduled' || status === 'revoking' || status === 'revoked') world.schedule(request.id, tomorrow)
  if (status === 'revoking' || status === 'revoked') world.revoke(request.id, 'changed our mind')
  if (status === 'revoked') world.confirm(request.id)
  expect(request.status).toBe(status)
  return request
}

/** Every action, the status it leads to, and from where somebody outside may take it; the rest of the workflow is Connect's own. */
const actions = [
  ['approve', 'vendor', { template_id: 'TL-417-901-001' }, 'approved', ['pending']],
  ['fail', 'vendor', { reason: 'no' }, 'failed', ['pending', 'inquiring']],
  ['inquire', 'vendor', {}, 'inquiring', ['pending']],
  ['schedule', 'vendor', { planned_date: '2026-04-01T00:00:00+00:00' }, 'scheduled', ['pending']],
  ['revoke', 'provider', { reason: 'no longer wanted' }, 'revoking', ['scheduled']],
  ['confirm', 'vendor', {}, 'revoked', ['revoking']],
] as const

test('no action leads where the workflow does not', () => {
  for (const [, , , to, sources] of actions)
    for (const from of sources) expect(requestMachine.allows(from, to), `${from} to ${to}`).toBe(true)
})

test.each(statuses.flatMap((from) => actions.map(([action, side, body, to, sources]) => ({ from, action, side, body, to, sources }))))(
  '$action from $from leads to $to where it may, and changes nothing where it may not',
  async ({ from, action, side, body, to, sources }) => {
    const request = requestIn(from)
    const allowed = sources.some((source) => source === from)
    const reply = await connect[side]('POST', `/requests/${request.id}/${action}`, body)
    expect([reply.status, request.status]).toEqual(allowed ? [200, to] : [400, from])
  },
)

test('the workflow file is followed in full: each of its transitions can be made', () => {
  const wanted = pairsOf(fulfilment).map(([from, to]) => `${from} to ${to}`)
  const made = new Set<string>()
  const watch = (from: string, to: string): void => void made.add(`${from} to ${to}`)
  const { world, clock } = connect
  const notes = (uid: string, more: object = {}) =>
    createRequest(world.state, { ...purchaseBody(productNamed('Notes'), { external_uid: uid }), ...more }, 'provider')

  const one = notes('1')
  watch('new', one.status)
  world.inquire(one.id)
  watch('pending', one.status)
  world.answerInquiry(one.id, {})
  watch('inquiring', one.status)
  world.approve(one.id)
  watch('pending', one.status)
  const two = notes('2')
  world.schedule(two.id, plus(clock.now(), days(2)))
  watch('pending', two.status)
  world.revoke(two.id, 'no')
  watch('scheduled', two.status)
  world.confirm(two.id)
  watch('revoking', two.status)
  const three = notes('3')
  world.fail(three.id, 'no')
  watch('pending', three.status)
  const draft = notes('4', { status: 'draft' })
  watch('new', draft.status)
  // The rest is shown by their own tests: draft to pending, draft to deleted, scheduled to pending, tiers_setup to pending and failed,
  // pending to tiers_setup (which happens inside the creating call).
  const elsewhere = [
    'draft to pending',
    'draft to deleted',
    'scheduled to pending',
    'tiers_setup to pending',
    'tiers_setup to failed',
    'pending to tiers_setup',
  ]
  expect(new Set([...made, ...elsewhere])).toEqual(new Set(wanted))
})

test('a scheduled request comes back to pending when its day has come, and not before', async () => {
  const request = requestIn('scheduled')
  connect.clock.moveBy(days(1) - 1)
  await connect.world.settled()
  expect(request.status).toBe('scheduled')
  connect.clock.moveBy(1)
  await connect.world.settled()
  expect(request.status).toBe('pending')
})

test('drafts are collected when they are a week old', async () => {
  const request = requestIn('draft')
  connect.clock.moveBy(days(7))
  await connect.world.settled()
  expect((await connect.provider('GET', `/requests/${request.id}`)).status).toBe(404)
  expect(connect.world.assets()).toEqual([])
})

test('a refused move changes nothing', () => {
  const request = requestIn('approved')
  const before = structuredClone(connect.world.dump())
  expect(() => connect.world.fail(request.id, 'too late')).toThrow(Refusal)
  expect(connect.world.dump()).toEqual(before)
})

test('state names of the workflow files become those of the wire', () => {
  expect(stateCode('Tiers Setup')).toBe('tiers_setup')
})
