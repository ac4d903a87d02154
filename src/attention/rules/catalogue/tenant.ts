import { action, defineAttention } from './entry.ts'

/** Of a publisher as a whole: what the brakes hold until an operator says that it is right, and what keeps the bridge from looking. */
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
  MICROSOFT_CREDENTIAL_REFUSED: {
    sentence: 'Microsoft does not accept the app of this publisher, or its secret: nothing of it can be looked at or done there.',
    cause:
      'The secret or certificate has expired or is another one, or the app is not that of the offers’ technical configuration. Nothing is lost meanwhile, but changes are taken as accepted after ten seconds.',
    matters: ['error'],
    actions: [
      action('checkCredential', 'Correct the Microsoft credential in the set-up file and run `bridge apply`: all goes on by itself'),
    ],
  },
  CONNECT_CREDENTIAL_REFUSED: {
    sentence: 'Connect does not accept the token of this publisher: nothing is ordered, changed or ended at the vendor.',
    cause: 'The token was revoked or has expired, or was not granted the modules it needs. Nothing is lost meanwhile.',
    matters: ['error'],
    actions: [
      action('checkCredential', 'Make a good token in Connect under Integrations, put it into the set-up file and run `bridge apply`'),
      action('lookInConnect', 'See in Connect what the token is granted'),
    ],
  },
  LOOKS_FAIL: {
    sentence: 'Something of this publisher could not be looked at for more than an hour.',
    cause:
      'The other side is down or answers in a way the bridge does not understand. It is tried again every few minutes, and nothing is lost. `error` and `key` name what fails longest, `count` how many do.',
    matters: ['error'],
    actions: [
      action('lookUpFailure', 'See what fails: `bridge work list --failed`; what each code means is in the list of errors'),
      action('leave', 'Leave it: an outage passes'),
    ],
  },
})
