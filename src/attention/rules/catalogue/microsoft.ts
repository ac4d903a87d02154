import { action, defineAttention, retry } from './entry.ts'

/** What Microsoft does not let us see, or has not done. */
export const microsoftAttention = defineAttention({
  MICROSOFT_FORBIDDEN: {
    sentence: 'Microsoft does not let us read this subscription.',
    cause: 'The app of the tenant is not the one in the offer’s technical configuration, or its secret has expired.',
    actions: [
      action(
        'checkCredential',
        'Check the Microsoft credential of the tenant: tenant id and app id are those of the offer’s technical configuration',
      ),
      retry,
    ],
  },
  MICROSOFT_NOT_FOUND: {
    sentence: 'Microsoft does not know this subscription any more.',
    cause: 'It answered 404 where it had answered before. That is never taken as an end of the subscription.',
    actions: [action('lookInPartnerCenter', 'Check the subscription in Partner Center'), retry],
  },
  MICROSOFT_STATUS_UNKNOWN: {
    sentence: 'Microsoft reports a status this bridge does not know.',
    cause: 'Microsoft may have added a status. Nothing is done until the rule is clear.',
    actions: [action('lookInPartnerCenter', 'Look at the subscription in Partner Center'), action('updateBridge', 'Update the bridge')],
  },
  ACTIVATION_NOT_SEEN: {
    sentence: 'Microsoft took the activation, but the subscription is still pending.',
    cause: 'Usually it takes seconds to minutes; now it is more than an hour.',
    actions: [action('supportCase', 'Open a support case with Microsoft with the correlation id of the timeline'), retry],
  },
  ACTIVATION_REFUSED: {
    sentence: 'Microsoft refuses to activate the subscription.',
    cause: 'The reasons are given below, as Microsoft put them.',
    matters: ['step', 'reasons'],
    actions: [action('lookInPartnerCenter', 'Look at the subscription in Partner Center'), retry],
  },
  NOTICE_WITHOUT_EFFECT: {
    sentence: 'Microsoft told of something that has not happened for a day.',
    cause: 'The notice is known, but neither the subscription nor the operation at Microsoft shows its effect.',
    matters: ['notice'],
    actions: [
      action('replayNotice', 'Replay the notice'),
      action('lookInPartnerCenter', 'Look at the subscription in Partner Center'),
      action('leave', 'Leave it: it is let go after 30 days'),
    ],
  },
})
