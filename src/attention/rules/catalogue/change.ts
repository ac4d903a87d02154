import { action, askVendor, cancelAtMicrosoft, defineAttention, retry } from './entry.ts'

/** After the activation: what the vendor did not do, or did by itself. */
export const changeAttention = defineAttention({
  PLAN_NOT_MAPPED: {
    sentence: 'The plan is not mapped to items in Connect.',
    cause: 'The offer has a plan that the plan map of the product does not name.',
    matters: ['plan'],
    actions: [action('mapPlan', 'Add the plan to the plan map'), retry],
  },
  PLAN_CHANGE_REFUSED: {
    sentence: 'The buyer wanted another plan and was refused, because that plan is not mapped.',
    cause: 'The offer has a plan that the plan map of the product does not name (or no longer): nobody could have delivered it.',
    matters: ['plans'],
    actions: [
      action('mapPlan', 'Add the plan to the plan map, and tell the buyer to try again'),
      action('withdrawPlan', 'Take the plan off sale in Partner Center'),
      action('leave', 'Leave it: the item goes after 30 days'),
    ],
  },
  STEP_REFUSED: {
    sentence: 'A step was refused.',
    cause: 'The reasons are given below, as the other side put them. It is tried again by itself with growing pauses.',
    matters: ['step', 'reasons'],
    actions: [action('correctReasons', 'Correct what the reasons name'), retry],
  },
  VENDOR_DID_NOT_CHANGE: {
    sentence: 'The vendor did not make the change the customer has at Microsoft.',
    cause: 'The change request is finished, but the items in Connect are not those of the plan and seats at Microsoft.',
    matters: ['wanted', 'actual'],
    actions: [
      retry,
      action('revertAtMicrosoft', 'Revert at Microsoft to what the vendor delivers'),
      action('leave', 'Leave it: accept the difference until Microsoft’s plan or seats change'),
    ],
  },
  VENDOR_REQUEST_OLD: {
    sentence: 'A request has been open at the vendor for days.',
    cause: 'The vendor has not answered.',
    matters: ['request'],
    actions: [askVendor, action('lookInConnect', 'Look at the request in Connect')],
  },
  RESUME_FAILED: {
    sentence: 'The vendor did not resume the subscription.',
    cause: 'The customer pays again at Microsoft, but the asset in Connect is still suspended.',
    matters: ['reason'],
    actions: [retry, askVendor],
  },
  VENDOR_TERMINATED: {
    sentence: 'The vendor ended the subscription, but it goes on at Microsoft.',
    cause:
      'The asset in Connect is terminated while the subscription is active at Microsoft, which bills it, or suspended, and billed again once the customer pays.',
    actions: [cancelAtMicrosoft, askVendor],
  },
  CANCEL_FAILED: {
    sentence: 'The vendor does not accept the cancellation.',
    cause: 'The subscription has ended at Microsoft; the asset in Connect is still there.',
    matters: ['reason'],
    actions: [askVendor, retry],
  },
})
