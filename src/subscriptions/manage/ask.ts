/** Asking for an action: judged, kept, and woken. It is carried out by its own object on the work list. */
import { randomUUID } from 'node:crypto'
import { actionId } from '../../kit/ids.ts'
import type { SubscriptionKey } from '../record.ts'
import { isSameAction, type WantedAction } from '../rules/manage/wanted.ts'
import type { TimelineEvent } from '../timeline.ts'
import type { ManageDeps } from './deps.ts'
import { type NotPossible, notPossible, type PreviewOptions, previewAction } from './preview.ts'
import { type AskedBy, insertAction, loadAction, type ManagementAction, type NewAction, openAction } from './store.ts'
import { actionFacts } from './told.ts'

export type Asked =
  | { readonly outcome: 'asked'; readonly action: ManagementAction }
  /** The same is under way: a double click, a second tab, a colleague. */
  | { readonly outcome: 'underWay'; readonly action: ManagementAction }
  | (NotPossible & { readonly outcome: 'refused' })

/**
 * One action at a time for a subscription. Returns at once: Microsoft is asked by the worker, and takes its time.
 * @throws as `previewAction`
 */
export async function askFor(
  deps: ManageDeps,
  key: SubscriptionKey,
  wanted: WantedAction,
  asked: AskedBy,
  options: PreviewOptions = {},
): Promise<Asked> {
  const underWay = await whenOpen(deps, key, wanted)
  if (underWay) return underWay
  const preview = await previewAction(deps, key, wanted, options)
  if (!preview.possible) return (await whenOpen(deps, key, wanted)) ?? { outcome: 'refused', ...preview } // somebody was faster
  const { tenantId, subscriptionId } = key
  const id = actionId.parse(randomUUID())
  const action: NewAction = { tenantId, subscriptionId, id, wanted, from: preview.from, askedAt: deps.clock.now(), asked }
  if (await insertAction(deps.db, action, askedEvent(action))) {
    const kept = await loadAction(deps.db, action)
    if (kept) return { outcome: 'asked', action: kept }
  }
  return (await whenOpen(deps, key, wanted)) ?? anotherIsOpen
}

async function whenOpen({ db }: ManageDeps, key: SubscriptionKey, wanted: WantedAction): Promise<Asked | undefined> {
  const action = await openAction(db, key)
  if (!action) return undefined
  return isSameAction(action.wanted, wanted) ? { outcome: 'underWay', action } : anotherIsOpen
}

const anotherIsOpen: Asked = { outcome: 'refused', ...notPossible({ reason: 'ACTION_OPEN', facts: {} }) }

const askedEvent = (action: NewAction): TimelineEvent => ({
  actor: action.asked.by,
  event: 'action.asked',
  facts: { ...actionFacts(action), ...(action.asked.by === 'operator' && action.asked.name ? { by: action.asked.name } : {}) },
})
