import { action, defineAttention } from './entry.ts'

/** Of a publisher as a whole: what the brakes hold until an operator says that it is right. */
export const tenantAttention = defineAttention({
  FIRST_RECONCILE_UNCONFIRMED: {
    sentence: 'Subscriptions that were there before this bridge wait until somebody has seen their first comparison.',
    cause:
      'They were sold without our landing page. What the bridge would change for them is in the report; until it is confirmed, it changes nothing. New purchases go on as usual.',
    actions: [
      action('confirmReconcile', 'Read `bridge reconcile report TENANT`, then `bridge reconcile confirm TENANT`'),
      action('leave', 'Leave it: nothing is changed for them'),
    ],
  },
  ENDS_PAUSED: {
    sentence: 'More subscriptions than usual are about to be cancelled or suspended: all of that is paused.',
    cause:
      'More than 5, or 5 % of the tenant’s subscriptions, within an hour. That is a campaign, a vendor’s outage, or a mistake on one of the sides. The pause does not end by itself.',
    actions: [
      action('releaseBrake', 'When it is right: `bridge reconcile release TENANT`'),
      action('lookInPartnerCenter', 'Look at the subscriptions in Partner Center'),
    ],
  },
})
