import { action, defineAttention } from './entry.ts'

/** What was asked for here, by a buyer or an operator. */
export const askedAttention = defineAttention({
  ACTION_UNCLEAR: {
    sentence: 'What became of a change that was asked for at Microsoft is not known.',
    cause:
      'Microsoft was asked, and gave no usable answer, or has not told how the change ended. Both sides are kept in step with what Microsoft shows. The item goes by itself once Microsoft shows the change, says that it failed, or has shown nothing of it for a day.',
    matters: ['id'],
    actions: [
      action('askAgainAtMicrosoft', 'Ask Microsoft for the same again'),
      action('lookInPartnerCenter', 'Look at the subscription in Partner Center'),
      action('leave', 'Leave it: what Microsoft shows counts'),
    ],
  },
})
