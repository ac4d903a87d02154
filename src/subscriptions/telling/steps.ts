/** Steps in words, read back from their key (`rules/steps.ts`), and how they ended. */
import type { Facts } from './facts.ts'

/** As what comes after "to": `activate at Microsoft`. A key of another version stays as it is. */
export function stepInWords(key: string): string {
  const [kind, target = ''] = splitAt(key, ':')
  switch (kind) {
    case 'purchase':
      return `order ${itemsInWords(target)} at the vendor`
    case 'change':
      return `change the vendor’s items to ${itemsInWords(target)}`
    case 'suspend':
    case 'resume':
    case 'cancel':
      return `${kind} at the vendor`
    case 'revoke':
      return `take back the vendor’s scheduled request ${target}`
    case 'activate':
      return 'activate at Microsoft'
    case 'cancelAtMicrosoft':
      return 'cancel at Microsoft'
    default:
      return key
  }
}

const itemsInWords = (text: string): string =>
  text
    .split(',')
    .map((item) => {
      const [id, quantity] = splitAt(item, '=')
      return quantity === 'unlimited' ? `${id} without limit` : `${quantity ?? '?'} × ${id}`
    })
    .join(', ')

function splitAt(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

const step = (facts: Facts): string => stepInWords(facts.get('step') ?? 'take a step')

export const stepTellers = {
  'step.started': (facts: Facts) => `The bridge set out to ${step(facts)}`,
  'step.accepted': (facts: Facts) =>
    `Asked to ${step(facts)}: taken${facts.with('request', (id) => `, request ${id}`)}${facts.with('status', (status) => ` (${status})`)}`,
  'step.unknown': (facts: Facts) => `Asked to ${step(facts)}: no answer came; whether it took effect is seen by looking again`,
  'step.notTaken': (facts: Facts) => `Asked to ${step(facts)}: it did not reach the other side`,
  'step.refused': (facts: Facts) => `Asked to ${step(facts)}: refused${facts.with('reasons', (reasons) => ` (${reasons})`)}`,
  'step.nothingChanged': (facts: Facts) => `Asked to ${step(facts)}: nothing would change${facts.with('reasons', () => '')}`,
} as const
