/** What each action of an attention item does. */
import {
  type AttentionActionId,
  type AttentionItem,
  attentionCatalogue,
  type BridgeActionId,
  isDoneByBridge,
} from '../../attention/index.ts'
import type { Tx } from '../../database/index.ts'
import { subscriptionId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { notPossible, type OperatorAction, type Preview } from '../actions/action.ts'
import { managed } from '../actions/manage.ts'
import { previewRetry, retryNow } from '../actions/retry.ts'
import type { OperatorDeps } from '../deps.ts'
import type { Operator } from '../operator.ts'
import { theSubscription } from '../subscriptions/find.ts'
import { type UsageDecision, type UsageInQuestion, usageDecision } from '../usage/decide.ts'
import { askAgain } from './ask-again.ts'
import { previewReplay, replayOf } from './replay.ts'
import { revert } from './revert.ts'
import { whatToMap } from './what-to-map.ts'

export type Handler =
  /** Done in the transaction that resolves the item. */
  | {
      readonly kind: 'within'
      readonly preview: (deps: OperatorDeps, item: AttentionItem) => Promise<Preview>
      readonly within: (tx: Tx, item: AttentionItem, by: string, now: Instant) => Promise<void>
      readonly said: string
    }
  /** Asks somebody else first; the item is resolved once they were asked. */
  | { readonly kind: 'asks'; readonly action: (deps: OperatorDeps, item: AttentionItem, operator: Operator) => Promise<OperatorAction> }
  /** Done in parts, each one transaction with the item's end in it; what is left afterwards makes it ask again. */
  | {
      readonly kind: 'settles'
      readonly action: (deps: OperatorDeps, item: AttentionItem, by: Settling) => OperatorAction
    }
  /** Only a person can do it: it is explained. */
  | { readonly kind: 'advice'; readonly preview: (deps: OperatorDeps, item: AttentionItem) => Promise<Preview> }

export interface Settling {
  readonly operator: Operator
  readonly note: string | undefined
  /** Ends the item. */
  readonly end: (tx: Tx) => Promise<void>
}

export function handlerOf(id: AttentionActionId): Handler {
  if (isDoneByBridge(id)) return handlers[id]
  return id === 'mapPlan' ? { kind: 'advice', preview: whatToMap } : forAPerson(id)
}

const retry: Handler = {
  kind: 'within',
  preview: async ({ db }, item) => previewRetry(await theSubscription(db, item.subject.id, item.tenantId)),
  within: async (tx, item, by, now) => retryNow(tx, await theSubscription(tx, item.subject.id, item.tenantId), by, now),
  said: 'It is looked at now. If the cause is still there, the item comes back.',
}

const replay: Handler = {
  kind: 'within',
  preview: (_deps, item) => previewReplay(item),
  within: replayOf,
  said: 'The notice is looked at again.',
}

const cancel: Handler = {
  kind: 'asks',
  action: async (deps, item, operator) =>
    managed(deps, await theSubscription(deps.db, item.subject.id, item.tenantId), { kind: 'cancel' }, operator),
}

const leave: Handler = {
  kind: 'within',
  preview: async (_deps, { code }) => {
    const { matters = [] } = attentionCatalogue[code]
    const otherwise = matters.length === 0 ? '' : `, or when this changes: ${matters.join(', ')}`
    return {
      possible: true,
      effect: [
        'Nothing is changed on either side.',
        `The item is off the list. It comes back when its cause goes and returns${otherwise}.`,
      ],
    }
  },
  within: async () => {},
  said: 'Left as it is.',
}

const forAPerson = (id: AttentionActionId): Handler => ({
  kind: 'advice',
  preview: async (_deps, { code }) => {
    const words = attentionCatalogue[code].actions.find((action) => action.id === id)?.words ?? id
    return notPossible('FOR_A_PERSON', `“${words}” is for a person to do: the bridge cannot.`, [
      'Acknowledge the item meanwhile. It goes by itself when the cause is gone.',
    ])
  },
})

const STATES: Readonly<Partial<Record<AttentionItem['code'], UsageInQuestion['state']>>> = {
  USAGE_DIFFERS: 'differs',
  USAGE_REFUSED: 'refused',
  USAGE_EXPIRED: 'expired',
}

/** All slots or records of the subscription the item is about. */
function usage(decision: UsageDecision): Handler {
  return {
    kind: 'settles',
    action: (deps, { tenantId, subject, code }, { operator, note, end }) => {
      const about = { tenantId, subscriptionId: subscriptionId.parse(subject.id), state: STATES[code] }
      return usageDecision(deps, about, decision, operator, note, end)
    },
  }
}

const handlers: Readonly<Record<BridgeActionId, Handler>> = {
  retry,
  replayNotice: replay,
  leave,
  cancelAtMicrosoft: cancel,
  askAgainAtMicrosoft: { kind: 'asks', action: askAgain },
  revertAtMicrosoft: { kind: 'asks', action: revert },
  billUsageLater: usage('billLater'),
  writeUsageOff: usage('writeOff'),
  sendUsageAgain: usage('sendAgain'),
  releaseUsage: usage('release'),
  dropUsage: usage('drop'),
}
