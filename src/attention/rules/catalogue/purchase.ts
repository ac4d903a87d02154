import { action, askVendor, cancelAtMicrosoft, defineAttention, lapses, retry } from './entry.ts'

/** Between the purchase and the activation. */
export const purchaseAttention = defineAttention({
  BUYER_NOT_CONFIRMED: {
    sentence: 'The buyer has not finished the order.',
    cause: 'Microsoft cancels a purchase that is not activated within 30 days. Nobody is charged until then.',
    matters: ['day'],
    actions: [action('writeToBuyer', 'Write to the buyer'), lapses],
  },
  VENDOR_SLOW: {
    sentence: 'The vendor has not finished the order.',
    cause: 'Microsoft cancels a purchase that is not activated within 30 days.',
    matters: ['day'],
    actions: [askVendor, action('lookInConnect', 'Look at the request in Connect'), lapses],
  },
  NO_TEST_CONNECTION: {
    sentence: 'A test purchase waits: the product has no test connection.',
    cause: 'Preview, test and sandbox purchases never go to the production vendor.',
    actions: [action('giveTestConnection', 'Give the product a test connection'), lapses],
  },
  NO_PRODUCTION_CONNECTION: {
    sentence: 'The product has no production connection.',
    cause: 'Without it no order can be placed at the vendor.',
    actions: [action('giveProductionConnection', 'Give the product a production connection')],
  },
  ORDER_REFUSED: {
    sentence: 'Connect does not accept the order.',
    cause: 'The reasons are given below, as Connect put them. It is tried again by itself with growing pauses.',
    matters: ['step', 'reasons'],
    actions: [action('correctReasons', 'Correct what the reasons name (listing, connection, marketplace, customer data)'), retry, lapses],
  },
  PURCHASE_FAILED: {
    sentence: 'The vendor did not accept the order.',
    cause: 'The vendor’s reason is given below. The buyer is not charged: without activation the purchase lapses on day 30.',
    matters: ['reason'],
    actions: [action('askVendor', 'Talk to the vendor'), cancelAtMicrosoft, lapses],
  },
  ASSET_MISSING: {
    sentence: 'The subscription is active at Microsoft, but there is nothing in Connect.',
    cause: 'It may have been sold before this bridge, or activated by another system. A purchase is never placed silently.',
    matters: ['proposedAsset'],
    actions: [
      action('matchAsset', 'Match it with an asset: `bridge reconcile match SUBSCRIPTION ASSET`'),
      cancelAtMicrosoft,
      action('leave', 'Leave it'),
    ],
  },
  SUBSCRIBED_BEFORE_APPROVAL: {
    sentence: 'Microsoft bills the subscription, but the vendor has not approved the order.',
    cause: 'Somebody else activated it.',
    matters: ['reason'],
    actions: [action('askVendor', 'Ask the vendor to approve'), cancelAtMicrosoft],
  },
})
