import { expect, test } from 'vitest'
import * as answers from '../../test/contract/connect/answers.ts'
import { outcomeOf, readConflict } from './creation.ts'

const call = { method: 'POST', path: { text: '/requests' } } as const
const reply = (status: number, body: unknown) => ({ status, headers: {}, text: JSON.stringify(body), attempts: 1 })
const refusal = (status: number, errors: readonly string[], params?: unknown) =>
  outcomeOf(call, reply(status, { error_code: 'VAL_001', errors, params }))

test('201 is the created request, whatever status it starts in', () => {
  expect(outcomeOf(call, reply(201, { ...answers.request, status: 'inquiring' }))).toMatchObject({
    outcome: 'created',
    request: { id: answers.ids.request, status: 'inquiring' },
  })
})

test('quantities that are there already are nothing to change, on 400 and on 409', () => {
  expect(refusal(400, ['Item limits is not changed in new request.'])).toEqual({ outcome: 'nothingToChange' })
  expect(refusal(409, ['asset.items: Item quantities are not changed.'])).toEqual({ outcome: 'nothingToChange' })
})

test('400 is a refusal with its code, messages and fields', () => {
  const text = 'asset.tiers.customer.contact_info.contact.last_name: This field may not be blank.'
  expect(refusal(400, [text])).toEqual({
    outcome: 'refused',
    code: 'buyerDataIncomplete',
    messages: [text],
    fields: [{ field: 'asset.tiers.customer.contact_info.contact.last_name', message: 'This field may not be blank.' }],
  })
})

test('409 with a sentence about the state is a refusal, not something to adopt', () => {
  expect(refusal(409, ['Request type change is not allowed when asset state is suspended'])).toMatchObject({
    outcome: 'refused',
    code: 'wrongAssetStatus',
  })
})

test('409 gives what is needed to adopt the open request', () => {
  const params = {
    request_id: 'PR-2201-9917-0440-001',
    request_status: 'inquiring',
    asset_id: 'AS-2201-9917-0440',
    asset_status: 'processing',
    template: { message: 'Which domain?' },
    params_form_url: 'https://forms.example/?code=1',
  }
  expect(refusal(409, ['Request already exists.'], params)).toEqual({
    outcome: 'conflict',
    conflict: {
      requestId: 'PR-2201-9917-0440-001',
      requestStatus: 'inquiring',
      assetId: 'AS-2201-9917-0440',
      assetStatus: 'processing',
      templateMessage: 'Which domain?',
      paramsFormUrl: 'https://forms.example/?code=1',
      messages: ['Request already exists.'],
    },
  })
})

test.each([
  [
    'id stands for the request',
    { id: 'PR-1', request_status: 'failed', fail_message: 'No.' },
    { requestId: 'PR-1', requestStatus: 'failed', failMessage: 'No.' },
  ],
  ['id names the asset', { id: 'AS-1', asset_status: 'terminated' }, { assetId: 'AS-1', assetStatus: 'terminated' }],
  ['request_id wins over id', { id: 'PR-1', request_id: 'PR-2' }, { requestId: 'PR-2' }],
  ['the template may be text', { template: 'Fill in.' }, { templateMessage: 'Fill in.' }],
  ['nulls and odd types', { request_id: null, request_status: 7, asset_id: {}, template: [] }, { requestStatus: 'unknown' }],
  ['nothing at all', {}, {}],
])('conflict: %s', (_, params, read) => {
  expect(readConflict(params, ['x'])).toEqual({ ...read, messages: ['x'] })
})
