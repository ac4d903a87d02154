/** Attention items: what no rule can settle. Each has a sentence, a cause and what an operator may do about it. */

export interface AttentionEntry {
  /** What is wrong, in plain words. */
  readonly sentence: string
  /** Why, and what it means for buyer and vendor. */
  readonly cause: string
  /** What may be done, in words of the operator. */
  readonly actions: readonly string[]
}

const define = <const Code extends string>(entries: Readonly<Record<Code, AttentionEntry>>) => entries

export const attentionCatalogue = define({
  MICROSOFT_FORBIDDEN: {
    sentence: 'Microsoft does not let us read this subscription.',
    cause: 'The app of the tenant is not the one in the offer’s technical configuration, or its secret has expired.',
    actions: ['Check the Microsoft credential of the tenant', 'Compare tenant id and app id with the offer’s technical configuration'],
  },
  MICROSOFT_NOT_FOUND: {
    sentence: 'Microsoft does not know this subscription any more.',
    cause: 'It answered 404 where it had answered before. That is never taken as an end of the subscription.',
    actions: ['Check the subscription in Partner Center', 'Retry'],
  },
  MICROSOFT_STATUS_UNKNOWN: {
    sentence: 'Microsoft reports a status this bridge does not know.',
    cause: 'Microsoft may have added a status. Nothing is done until the rule is clear.',
    actions: ['Look at the subscription in Partner Center', 'Update the bridge'],
  },
  BUYER_NOT_CONFIRMED: {
    sentence: 'The buyer has not finished the order.',
    cause: 'Microsoft cancels a purchase that is not activated within 30 days. Nobody is charged until then.',
    actions: ['Write to the buyer', 'Leave it: it lapses uncharged on day 30'],
  },
  VENDOR_SLOW: {
    sentence: 'The vendor has not finished the order.',
    cause: 'Microsoft cancels a purchase that is not activated within 30 days.',
    actions: ['Ask the vendor', 'Look at the request in Connect'],
  },
  PLAN_NOT_MAPPED: {
    sentence: 'The plan is not mapped to items in Connect.',
    cause: 'The offer has a plan that the plan map of the product does not name.',
    actions: ['Add the plan to the plan map'],
  },
  NO_TEST_CONNECTION: {
    sentence: 'A test purchase waits: the product has no test connection.',
    cause: 'Preview, test and sandbox purchases never go to the production vendor.',
    actions: ['Give the product a test connection', 'Leave it: it lapses uncharged on day 30'],
  },
  NO_PRODUCTION_CONNECTION: {
    sentence: 'The product has no production connection.',
    cause: 'Without it no order can be placed at the vendor.',
    actions: ['Give the product a production connection'],
  },
  ORDER_REFUSED: {
    sentence: 'Connect does not accept the order.',
    cause: 'The reasons are given below, as Connect put them. It is tried again by itself with growing pauses.',
    actions: ['Correct what the reasons name (listing, connection, marketplace, customer data)', 'Retry now'],
  },
  STEP_REFUSED: {
    sentence: 'A step was refused.',
    cause: 'The reasons are given below, as the other side put them. It is tried again by itself with growing pauses.',
    actions: ['Correct what the reasons name', 'Retry now'],
  },
  PURCHASE_FAILED: {
    sentence: 'The vendor did not accept the order.',
    cause: 'The vendor’s reason is given below. The buyer is not charged: without activation the purchase lapses on day 30.',
    actions: ['Talk to the vendor', 'Cancel at Microsoft', 'Leave it: it lapses uncharged on day 30'],
  },
  VENDOR_TERMINATED: {
    sentence: 'The vendor ended the subscription, but Microsoft still bills it.',
    cause: 'The asset in Connect is terminated while the subscription is active at Microsoft.',
    actions: ['Cancel at Microsoft', 'Ask the vendor'],
  },
  ACTIVATION_NOT_SEEN: {
    sentence: 'Microsoft took the activation, but the subscription is still pending.',
    cause: 'Usually it takes seconds to minutes; now it is more than an hour.',
    actions: ['Open a support case with Microsoft with the correlation id of the timeline', 'Retry'],
  },
  ACTIVATION_REFUSED: {
    sentence: 'Microsoft refuses to activate the subscription.',
    cause: 'The reasons are given below, as Microsoft put them.',
    actions: ['Look at the subscription in Partner Center', 'Retry'],
  },
  ASSET_MISSING: {
    sentence: 'The subscription is active at Microsoft, but there is nothing in Connect.',
    cause: 'It may have been sold before this bridge, or activated by another system. A purchase is never placed silently.',
    actions: ['Match it with an asset', 'Place the order', 'Cancel at Microsoft'],
  },
  SUBSCRIBED_BEFORE_APPROVAL: {
    sentence: 'Microsoft bills the subscription, but the vendor has not approved the order.',
    cause: 'Somebody else activated it.',
    actions: ['Ask the vendor to approve', 'Cancel at Microsoft'],
  },
  VENDOR_DID_NOT_CHANGE: {
    sentence: 'The vendor did not make the change the customer has at Microsoft.',
    cause: 'The change request is finished, but the items in Connect are not those of the plan and seats at Microsoft.',
    actions: ['Retry', 'Revert at Microsoft', 'Leave it'],
  },
  RESUME_FAILED: {
    sentence: 'The vendor did not resume the subscription.',
    cause: 'The customer pays again at Microsoft, but the asset in Connect is still suspended.',
    actions: ['Retry', 'Ask the vendor'],
  },
  CANCEL_FAILED: {
    sentence: 'The vendor does not accept the cancellation.',
    cause: 'The subscription has ended at Microsoft; the asset in Connect is still there.',
    actions: ['Ask the vendor', 'Retry'],
  },
  VENDOR_REQUEST_OLD: {
    sentence: 'A request has been open at the vendor for days.',
    cause: 'The vendor has not answered.',
    actions: ['Ask the vendor', 'Look at the request in Connect'],
  },
  NOTICE_WITHOUT_EFFECT: {
    sentence: 'Microsoft told of something that has not happened for a day.',
    cause: 'The notice is known, but neither the subscription nor the operation at Microsoft shows its effect.',
    actions: [
      'Look at the notice with `bridge notification show`',
      'Look at the subscription in Partner Center',
      'Leave it: it is let go after 30 days',
    ],
  },
  PLAN_CHANGE_REFUSED: {
    sentence: 'The buyer wanted another plan and was refused, because that plan is not mapped.',
    cause: 'The offer has a plan that the plan map of the product does not name (or no longer): nobody could have delivered it.',
    actions: [
      'Add the plan to the plan map, and tell the buyer to try again',
      'Take the plan off sale in Partner Center',
      'Leave it: the item goes after 30 days',
    ],
  },
})

export type AttentionCode = keyof typeof attentionCatalogue

/** An item as a rule asks for it. Facts are for people: ids, names of plans, the vendor's own words. */
export interface AttentionNote {
  readonly code: AttentionCode
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>
}
