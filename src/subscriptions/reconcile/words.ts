/** Standings, differences and forecasts in the words of an operator. Pure. */
import type { Standing } from '../rules/reconcile/classify.ts'
import type { Difference } from '../rules/reconcile/differences.ts'
import type { Forecast } from '../rules/reconcile/forecast.ts'
import type { StepKind } from '../rules/steps.ts'

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  inStep: 'in step',
  waiting: 'waiting',
  differs: 'differs',
  onlyAtMicrosoft: 'only at Microsoft',
  onlyAtConnect: 'only in Connect',
  onlyOurs: 'only in our records',
  unmanaged: 'unmanaged offer',
  notRead: 'not read',
}

const STEP_WORDS: Readonly<Record<StepKind, string>> = {
  purchase: 'orders at the vendor',
  change: 'asks the vendor to change',
  suspend: 'asks the vendor to suspend',
  resume: 'asks the vendor to resume',
  cancel: 'asks the vendor to cancel',
  revoke: 'takes the scheduled request back',
  billRenewal: 'bills the new term in Connect',
  activate: 'activates at Microsoft',
  cancelAtMicrosoft: 'cancels at Microsoft',
}

export function forecastInWords(forecast: Forecast): string {
  switch (forecast.will) {
    case 'nothing':
      return 'nothing'
    case 'look':
      return 'looks at it'
    case 'step':
      return STEP_WORDS[forecast.step]
    case 'wait':
      return forecast.for === 'operator' ? 'waits for an operator to confirm or release' : `waits for ${whom(forecast.for)}`
    case 'ask':
      return `asks an operator: ${forecast.code}`
  }
}

const whom = (who: string): string =>
  who === 'buyer' || who === 'vendor' ? `the ${who}` : who === 'retry' ? 'the next try' : who === 'microsoft' ? 'Microsoft' : 'Connect'

/** `seats: 12 at Microsoft, 10 in Connect` */
export const differenceInWords = ({ field, microsoft, connect, bridge }: Difference): string =>
  `${field}: ${[
    ...(microsoft === undefined ? [] : [`${microsoft} at Microsoft`]),
    ...(connect === undefined ? [] : [`${connect} in Connect`]),
    ...(bridge === undefined ? [] : [`${bridge} here`]),
  ].join(', ')}`
