import { action, askVendor, defineAttention, lapses, retry } from './entry.ts'

/** Connect does not take an order or a change, and its sentence is one we know. Tried again by itself, at once when the set-up file corrects it. */
export const connectAttention = defineAttention({
  PRODUCT_NOT_LISTED: {
    sentence: 'The product is not listed on the marketplace in Connect.',
    cause:
      'The listing was removed or is not finished, or the set-up names another marketplace. Nothing can be ordered or changed until it is.',
    matters: ['step', 'reasons'],
    actions: [
      action('lookInConnect', 'See in Connect that the product is listed on the marketplace of the set-up file'),
      action('correctSetup', 'Correct `marketplace` in the set-up file and apply it'),
      retry,
      lapses,
    ],
  },
  PRODUCT_NOT_SOLD: {
    sentence: 'The vendor does not sell the product any more.',
    cause: 'It has reached its end of sale in Connect, while the offer is still on sale at Microsoft.',
    matters: ['step'],
    actions: [action('withdrawPlan', 'Take the offer off sale in Partner Center'), askVendor, lapses],
  },
  MARKETPLACE_REFUSED: {
    sentence: 'Connect does not take the marketplace of the order.',
    cause: 'The marketplace of the set-up file does not exist any more, is another account’s, or is not told.',
    matters: ['step', 'reasons'],
    actions: [action('correctSetup', 'Correct `marketplace` in the set-up file and apply it'), retry, lapses],
  },
  CONNECTION_REFUSED: {
    sentence: 'Connect does not take the connection of the order.',
    cause: 'The connection of the set-up file was removed, or belongs to another product or hub.',
    matters: ['step', 'reasons'],
    actions: [action('correctSetup', 'Correct `connections` in the set-up file and apply it'), retry, lapses],
  },
  BUYER_DATA_REFUSED: {
    sentence: 'Connect does not take what the buyer, or the set-up of the reseller, says.',
    cause: 'A field of the customer’s or reseller’s account is missing or wrong: the reasons name it, as Connect puts them.',
    matters: ['step', 'reasons'],
    actions: [action('correctReasons', 'Correct the reseller in the set-up file, or the account in Connect'), retry, lapses],
  },
  ORDER_EMPTY: {
    sentence: 'The order has nothing in it.',
    cause: 'Every item the plan is mapped to would be ordered with a quantity of 0.',
    matters: ['step'],
    actions: [action('mapPlan', 'Look at the items of the plan in the plan map'), retry, lapses],
  },
  TAKEN_AT_CONNECT: {
    sentence: 'Something under the same id is in the way in Connect.',
    cause:
      'Connect says that the request is there already, but it is none of this subscription’s that could be followed: the reasons name it.',
    matters: ['step', 'reasons'],
    actions: [action('lookInConnect', 'Look at the request and the asset the reasons name'), askVendor, retry],
  },
  MATCHED_ASSET_UNKNOWN: {
    sentence: 'Connect does not know the asset the subscription was matched with.',
    cause:
      'The asset was removed, belongs to another account, or the token may not read it any more. Until it is found again, or another is named, nothing is done for the subscription on either side.',
    matters: ['asset'],
    actions: [
      action('lookInConnect', 'Look for the asset in Connect: if it is there, the token may not read it'),
      action('matchAsset', 'Match the subscription with another asset: `bridge reconcile match SUBSCRIPTION ASSET`'),
      action(
        'unmatchAsset',
        'Take the match back: `bridge reconcile unmatch SUBSCRIPTION`; the asset is looked for by the subscription’s own id then',
      ),
      action(
        'orderAnew',
        'If the vendor has to be asked anew: order it in Connect with the subscription’s id as `external_uid`, then take the match back; the new asset is found by itself',
      ),
      retry,
      action('leave', 'Leave it'),
    ],
  },
  RESELLER_SETUP_ASKS: {
    sentence: 'The order waits for the set-up of the reseller, and the vendor asks for something.',
    cause:
      'The vendor wants each reseller set up once, before the first order through it. The request named below lacks something only the distributor can give; every order through this reseller waits for it.',
    matters: ['tierRequest', 'day'],
    actions: [action('lookInConnect', 'Answer the set-up request in Connect: the link below leads to it'), askVendor],
  },
  RENEWAL_NOT_BILLED: {
    sentence: 'Connect does not take the billing request of the new term.',
    cause: 'The policy of the product wants one on each renewal. The subscription itself goes on; the reasons are Connect’s.',
    matters: ['step', 'reasons'],
    actions: [action('correctReasons', 'Correct what the reasons name, or set the policy `onRenewal` to `nothing`'), retry],
  },
})
