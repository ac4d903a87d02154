import { action, defineAttention } from './entry.ts'

const billLater = action('billUsageLater', 'Bill the rest in a later hour')
const writeOff = action('writeUsageOff', 'Write it off: it is not billed')
const sendAgain = action('sendUsageAgain', 'Send it again')

/** Usage that is not billed and does not get billed by itself. */
export const usageAttention = defineAttention({
  USAGE_DIFFERS: {
    sentence: 'Microsoft has billed another quantity for an hour than the bridge sent.',
    cause: 'Something else reported usage for the same hour before. Microsoft keeps the first report of an hour and adds nothing to it.',
    matters: ['slots'],
    actions: [billLater, writeOff, action('lookInPartnerCenter', 'Find out who else reports usage of this offer')],
  },
  USAGE_REFUSED: {
    sentence: 'Microsoft does not take the usage of an hour.',
    cause: 'Its reason is given below: an unknown dimension or plan, most often.',
    matters: ['slots'],
    actions: [
      action('correctReasons', 'Correct what the reasons name (plan map, dimensions of the offer)'),
      sendAgain,
      billLater,
      writeOff,
    ],
  },
  USAGE_EXPIRED: {
    sentence: 'Usage was not billed in time: Microsoft takes an hour for 24 hours only.',
    cause: 'Microsoft was out of reach, the subscription was suspended, or sending was stopped.',
    matters: ['slots'],
    actions: [billLater, writeOff],
  },
  USAGE_NOT_AUTHORIZED: {
    sentence: 'Microsoft does not let us report usage of this subscription.',
    cause: 'The app of the tenant is not the one in the offer’s technical configuration. It is tried again until the 24 hours are over.',
    actions: [action('checkCredential', 'Compare tenant id and app id with the offer’s technical configuration')],
  },
  USAGE_HELD: {
    sentence: 'Usage is held until somebody decides.',
    cause:
      'It came too late for its own hour or is stamped over a whole month, and the product’s policy is to ask; or another usage file has reported the same before (`reportedBefore`). After the deadline it is not billed.',
    matters: ['records', 'quantity'],
    actions: [action('releaseUsage', 'Bill it in the next hour'), action('dropUsage', 'Drop it: it is not billed')],
  },
  USAGE_READ_BACK: {
    sentence: 'Microsoft’s own sums of a day are not what the bridge sent.',
    cause:
      'Somebody else reports usage of this offer, or Microsoft rejected some of it. Both numbers are given for each day; the item goes when they agree.',
    matters: ['days'],
    actions: [
      action('lookInPartnerCenter', 'Compare with Partner Center’s usage report'),
      action('supportCase', 'Open a support case with Microsoft, with the usage event ids of `bridge usage export`'),
      action('leave', 'Leave it as it is'),
    ],
  },
  USAGE_AT_RISK: {
    sentence: 'Usage is not accepted by Microsoft yet, and the time it takes it is running out.',
    cause:
      'Microsoft takes an hour for 24 hours only. Sending is stopped, refused or waits; the item goes by itself when the usage is accepted.',
    matters: ['olderThanHours'],
    actions: [action('lookAtRisk', 'See which hours with `bridge usage risk` and `bridge usage slots`, and why they wait')],
  },
  USAGE_INCLUDED_UNKNOWN: {
    sentence: 'Usage waits, because Microsoft does not tell what the plan includes.',
    cause: 'Microsoft does not subtract included quantities, so nothing is billed before they are known.',
    matters: ['plan'],
    actions: [action('declareIncluded', 'Declare the included quantity in the product’s usage policy')],
  },
  USAGE_FILE_REJECTED: {
    sentence: 'A usage file was given back to the vendor.',
    cause:
      'Some of its records cannot be billed. The vendor sees the first reasons in Connect; the full list is in `bridge usage file show FILE --csv`.',
    matters: ['submitted'],
    actions: [
      action('sendReasons', 'Send the vendor the full list of reasons, to correct the file and submit it again'),
      action('mapPlan', 'Add what is missing to the plan map, and ask the vendor to submit it again'),
      action('leave', 'Leave it to the vendor'),
    ],
  },
  USAGE_RECORDS_HELD: {
    sentence: 'Records of an accepted usage file cannot be billed and wait for a decision.',
    cause:
      'The file was accepted in Connect before the bridge could judge it, so its bad records cannot be given back. They are not billed, and the file stays open.',
    matters: ['records'],
    actions: [
      action('judgeFileAgain', 'Correct what the reasons name, then judge them again: `bridge usage file judge FILE`'),
      action('closeUnbilled', 'Close them without a bill: `bridge usage file close-unbilled FILE`'),
    ],
  },
  USAGE_RECORDS_NOT_CLOSED: {
    sentence: 'Connect does not let usage records be closed.',
    cause:
      'What they were used for is billed, or known not to be. Their closing was refused several times; it is tried again with growing pauses.',
    matters: ['reasons'],
    actions: [action('lookInConnect', 'Look at the file in Connect'), action('correctReasons', 'Correct what the reasons name')],
  },
  USAGE_FILE_STUCK: {
    sentence: 'A usage file does not get on.',
    cause:
      'Connect refuses the next step, or its records wait longer than Microsoft takes their hours. It is tried again by itself with growing pauses.',
    matters: ['step'],
    actions: [
      action('checkConnectToken', 'Check that the Connect token is the distributor’s and may accept and close usage'),
      action('lookInConnect', 'Look at the file in Connect'),
    ],
  },
})
