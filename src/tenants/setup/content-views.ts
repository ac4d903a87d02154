/** How the catalogue's contents look when they are compared and told. */
import type { OfferContent } from '../model/offer-content.ts'
import type { PlanContent } from '../model/plan-content.ts'
import { flatten, type View } from './changes.ts'

const LONGEST_SHOWN = 120

interface Sealed {
  readonly content: OfferContent
  readonly leadSecret: string | undefined
  readonly stale?: boolean
}

export function offerContentView({ content, leadSecret, stale }: Sealed): View {
  const { shown, hidden } = viewOf(content)
  return { shown, hidden: { ...hidden, ...flatten({ leadSecret, masterKey: stale ? 'older' : undefined }) } }
}

export const planContentView = ({ content }: { readonly content: PlanContent }): View => viewOf(content)

/** Long texts would drown the rest, and addresses are personal data: compared, not shown. */
function viewOf(content: OfferContent | PlanContent): View {
  const all = Object.entries(flatten(content))
  const plain = ([, text]: readonly [string, string]) => text.length <= LONGEST_SHOWN && !text.includes('@')
  return { shown: Object.fromEntries(all.filter(plain)), hidden: Object.fromEntries(all.filter((entry) => !plain(entry))) }
}
