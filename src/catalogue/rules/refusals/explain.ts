/** Microsoft's objections in sentences that name the part and the field as the publisher knows them. Pure. */
import type { IngestionFinding } from '../../../microsoft/ingestion/findings.ts'
import { shortened } from '../diff/words.ts'
import { resourceName } from '../resources/resource-name.ts'
import type { DesiredResource } from '../resources/wanted.ts'
import { type Advice, knownObjections, type Objection } from './known.ts'
import { partName } from './parts.ts'

export interface Explanation {
  /** One sentence: which part, which field, what is wrong. */
  readonly sentence: string
  /** What to do; undefined where nobody here knows the objection. */
  readonly todo: string | undefined
  /** `correct` the content · `wait` for Microsoft · `look` again and start over · `portal`: a person in Partner Center. */
  readonly advice: Advice
  /** Microsoft's own words, for a support case. */
  readonly words: string
}

/** @param desired what was sent, to know the resources by the names they had. */
export const explain = (findings: readonly IngestionFinding[], desired: readonly DesiredResource[]): readonly Explanation[] =>
  findings.flatMap((finding) => {
    const resource = desired.find(({ type, key }) => resourceName(type, key) === finding.resource)
    const where = partName(finding.resource, resource)
    return splitMessage(finding).map((message) => explainOne(finding, message, where, resource))
  })

function explainOne(finding: IngestionFinding, message: string, where: string, resource: DesiredResource | undefined): Explanation {
  const known = findKnown(finding, message)
  const words = shortened(message || finding.code)
  const field = fieldOf(message, resource)
  const said = known?.say(message) ?? (words === '' ? 'Microsoft objects without saying why.' : `Microsoft says: ${words}`)
  return {
    sentence: `${[where, field].filter((part) => part !== undefined && part !== '').join(', ')}: ${said}`,
    todo: known?.todo,
    advice: known?.advice ?? 'correct',
    words,
  }
}

const findKnown = ({ code, within }: IngestionFinding, message: string): Objection | undefined =>
  knownObjections.find(({ matches }) => matches({ code, message, outer: within.map((one) => `${one.code} ${one.message}`).join(' ') }))

/** One schema fault may list several members: `#/title: too long;#/alias: missing`. */
function splitMessage({ message }: IngestionFinding): readonly string[] {
  const [, list] = /Schema validation failed for schema \S+: ([\s\S]+)$/.exec(message) ?? []
  if (list === undefined) return [message]
  const parts = list.split(';').map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

/** The field at a JSON pointer of Microsoft's, in our words where it is one of ours. */
function fieldOf(message: string, resource: DesiredResource | undefined): string | undefined {
  const pointer = /#\/([^\s:;]+)/.exec(message)?.[1] ?? /Required properties \["([^"]+)"\]/.exec(message)?.[1]
  if (pointer === undefined) return undefined
  const path = pointer.split('/')
  const claim = resource?.claims.find((one) => one.path.every((name, at) => at >= path.length || path[at] === name))
  return claim?.field ?? shortened(path.join(' › '))
}
