/** What Microsoft told, and how its operations were answered, in words. */
import type { Explanation } from '../rules/notices.ts'
import type { Facts } from './facts.ts'

const ACTIONS: Readonly<Record<string, string>> = {
  ChangePlan: 'a change of plan',
  ChangeQuantity: 'a change of seats',
  Renew: 'a renewal',
  Suspend: 'a suspension',
  Unsubscribe: 'the end of the subscription',
  Reinstate: 'a reinstatement',
  Subscribe: 'a new subscription',
  Unknown: 'something this version does not know',
}

/** `a change of plan to gold`. Actions Microsoft invents later are named as they come. */
function actionInWords(facts: Facts): string {
  const action = facts.get('action') ?? 'Unknown'
  const target = facts.with('plan', (plan) => ` to ${plan}`) + facts.with('seats', (seats) => ` to ${seats}`)
  return `${ACTIONS[action] ?? `“${action}”`}${target}`
}

const EXPLANATIONS: Readonly<Record<Explanation, string>> = {
  visible: 'Microsoft’s subscription shows it',
  overtaken: 'something later has taken its place',
  notCarriedOut: 'Microsoft did not carry it out',
  informed: 'it told nothing that could be seen; both sides were looked at',
  ended: 'the subscription has ended',
  notOurs: 'the offer is not ours',
  givenUp: 'it has not shown in 30 days and is let go',
}

const isExplanation = (word: string): word is Explanation => Object.hasOwn(EXPLANATIONS, word)

function explained(facts: Facts): string {
  const outcome = facts.get('outcome') ?? ''
  return isExplanation(outcome) ? EXPLANATIONS[outcome] : outcome
}

const REASONS: Readonly<Record<string, string>> = {
  informsOnly: 'it only informs',
  reinstatement: 'nobody may say no to it',
  startedByPublisher: 'it was started on our side',
  alreadyFinal: 'it had ended already',
  alreadyAnswered: 'it was answered before',
  offerNotOurs: 'the offer is not ours',
  revert: 'it asks for what is there',
  planNotMapped: 'the plan is not mapped',
  tooLateToRefuse: 'it was too late to refuse',
}

/** Reasons of the policy speak for themselves: `moveNotListed` becomes "move not listed". */
const because = (facts: Facts): string =>
  facts.with('because', (reason) => `: ${REASONS[reason] ?? reason.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`) +
  facts.with('reasons', (reasons) => ` (${reasons})`)

export const noticeTellers = {
  'notice.received': (facts: Facts) => `Microsoft told of ${actionInWords(facts)}`,
  'notice.replayed': (facts: Facts) =>
    `${facts.get('by') ?? 'An operator'} had the notice of ${actionInWords(facts)} looked at again${facts.with('note', (note) => `: ${note}`)}`,
  'notice.explained': (facts: Facts) => `The notice of ${actionInWords(facts)} is waited for no longer: ${explained(facts)}`,
  'operation.accepted': (facts: Facts) => `Told Microsoft yes to ${actionInWords(facts)}${because(facts)}`,
  'operation.refused': (facts: Facts) => `Told Microsoft no to ${actionInWords(facts)}${because(facts)}`,
  'operation.notTaken': (facts: Facts) =>
    `Microsoft did not take our answer to ${actionInWords(facts)}: what it did is seen by looking${because(facts)}`,
  'operation.notThere': (facts: Facts) => `Microsoft has nothing to answer to ${actionInWords(facts)}: what is true is seen by looking`,
  'operation.overruled': (facts: Facts) =>
    `Microsoft did otherwise than we answered to ${actionInWords(facts)}${facts.with('answer', (answer) => `: we said ${answer}`)}${facts.with('state', (state) => `, it says ${state}`)}`,
  'operation.observed': (facts: Facts) => `No answer of ours was needed to ${actionInWords(facts)}${because(facts)}`,
} as const
