import { describe, expect, test } from 'vitest'
import { operation, operationList } from './operation.ts'

const ID = '74dfb4db-c193-4891-827d-eb05fbdc64b0'
const wire = {
  id: ID,
  activityId: ID,
  subscriptionId: '37F9DEA2-4345-438F-B0BD-03D40D28C7E0',
  offerId: 'offer1-preview',
  publisherId: 'contoso',
  planId: 'silver',
  quantity: '20',
  action: 'ChangePlan',
  timeStamp: '2030-12-01T00:00:00',
  status: 'InProgress',
  errorStatusCode: '',
  errorMessage: '',
}

describe('an operation', () => {
  test('is read whole', () => {
    expect(operation.parse(wire)).toMatchObject({
      id: ID,
      subscriptionId: '37f9dea2-4345-438f-b0bd-03d40d28c7e0',
      offerId: 'offer1',
      planId: 'silver',
      quantity: 20,
      action: 'ChangePlan',
      status: 'InProgress',
      timeStamp: new Date('2030-12-01T00:00:00Z'),
    })
  })

  test.each([
    ['Suspended', 'Suspend'],
    ['suspend', 'Suspend'],
    ['Unsubscribe', 'Unsubscribe'],
    ['Transfer', 'Unknown'],
    [undefined, 'Unknown'],
  ])('the action %o is understood as %s, its word is kept', (word, action) => {
    expect(operation.parse({ ...wire, action: word })).toMatchObject({ action, rawAction: word ?? '' })
  })
})

test.each([
  ['{ operations }', { operations: [wire] }, 1],
  ['a bare array', [wire, wire], 2],
  ['an empty list', { operations: [] }, 0],
  ['an empty object', {}, 0],
  ['null', { operations: null }, 0],
  ['nothing', undefined, 0],
])('a list of operations comes as %s', (_, body, length) => {
  expect(operationList.parse(body)).toHaveLength(length)
})
