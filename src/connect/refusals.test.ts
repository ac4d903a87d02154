import { expect, test } from 'vitest'
import { fieldProblems, isHoldUnsupported, verdictOf } from './refusals.ts'

test.each([
  ['Item limits is not changed in new request.', { kind: 'nothingToChange' }],
  ['asset.items: Item quantities are not changed.', { kind: 'nothingToChange' }],
  ['asset.items: This list may not be empty.', { kind: 'refused', code: 'emptyOrder' }],
  ["Field 'marketplace.id' is required.", { kind: 'refused', code: 'marketplaceRequired' }],
  ['There is no Listing for specified Product and Marketplace.', { kind: 'refused', code: 'notListed' }],
  ['asset.tiers.customer.contact_info.contact.last_name: This field may not be blank.', { kind: 'refused', code: 'buyerDataIncomplete' }],
  ['asset.tiers.tier1.contact_info.city: This field may not be null.', { kind: 'refused', code: 'buyerDataIncomplete' }],
  ['Request type change is not allowed when asset state is suspended', { kind: 'refused', code: 'wrongAssetStatus' }],
  ["The product doesn't support suspend/resume operations.", { kind: 'refused', code: 'holdUnsupported' }],
  ['asset.params.0.id: Unknown parameter.', { kind: 'refused', code: 'invalid' }],
])('%s', (message, verdict) => {
  expect(verdictOf([message])).toEqual(verdict)
})

test('a known sentence among others decides; none at all is invalid', () => {
  expect(verdictOf(['Something else.', 'There is no Listing for specified Product and Marketplace.'])).toEqual({
    kind: 'refused',
    code: 'notListed',
  })
  expect(verdictOf([])).toEqual({ kind: 'refused', code: 'invalid' })
})

test('fields are read off the messages that name one', () => {
  expect(fieldProblems(['asset.items.0.quantity: A valid number is required.', 'No field here.'])).toEqual([
    { field: 'asset.items.0.quantity', message: 'A valid number is required.' },
  ])
})

test('only a request created already failed for want of the capability counts as hold unsupported', () => {
  const reason = "The product doesn't support suspend/resume operations."
  expect(isHoldUnsupported({ status: 'failed', reason })).toBe(true)
  expect(isHoldUnsupported({ status: 'pending', reason })).toBe(false)
  expect(isHoldUnsupported({ status: 'failed', reason: 'The customer has not paid.' })).toBe(false)
  expect(isHoldUnsupported({ status: 'failed' })).toBe(false)
})
