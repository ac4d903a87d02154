/** What a buyer or an operator asked for at Microsoft, and what became of it, in words. */
import type { Facts } from './facts.ts'

/** `change the seats from 5 to 8`. */
function change(facts: Facts): string {
  const [action, from, to] = [facts.get('action'), facts.get('from'), facts.get('to')]
  switch (action) {
    case 'changePlan':
      return `change the plan from ${from} to ${to}`
    case 'changeSeats':
      return `change the seats from ${from} to ${to}`
    case 'cancel':
      return 'cancel the subscription'
    default:
      return action ?? 'make a change'
  }
}

const why = (facts: Facts): string => {
  const because = facts.with('because', (text) => `: ${text.replace(/\.$/, '')}`)
  facts.get('reason') // the code of what `because` says
  return because + facts.with('reasons', (words) => ` (Microsoft: ${words})`)
}

export const actionTellers = {
  'action.asked': (facts: Facts) => `${facts.with('by', (name) => `${name} asked`) || 'Asked'} to ${change(facts)} at Microsoft`,
  'action.sent': (facts: Facts) => `Asked Microsoft to ${change(facts)}`,
  'action.taken': (facts: Facts) => `Microsoft took the request to ${change(facts)} and works on it`,
  'action.locked': (facts: Facts) => `Microsoft is busy with another operation: to ${change(facts)} is tried again${why(facts)}`,
  'action.notTaken': (facts: Facts) => `The request to ${change(facts)} did not reach Microsoft: it is tried again${why(facts)}`,
  'action.unknown': (facts: Facts) =>
    `No answer came to the request to ${change(facts)}: whether Microsoft took it is seen by looking${why(facts)}`,
  'action.done': (facts: Facts) => `In force at Microsoft: ${change(facts)}${why(facts)}`,
  'action.failed': (facts: Facts) => `Microsoft did not complete the request to ${change(facts)}${why(facts)}`,
  'action.refused': (facts: Facts) => `The request to ${change(facts)} was not carried out${why(facts)}`,
  'action.unclear': (facts: Facts) => `What became of the request to ${change(facts)} is not known${why(facts)}`,
} as const
