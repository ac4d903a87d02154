/** Resolving an item by one of its offered actions: what will happen first, then doing it. */
import {
  type AttentionActionId,
  type AttentionItem,
  attentionCatalogue,
  isAttentionAction,
  resolveAttention,
} from '../../attention/index.ts'
import { inTransaction, type Tx } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'
import { type Done, type OperatorAction, refusedAs } from '../actions/action.ts'
import type { OperatorDeps } from '../deps.ts'
import { nameOf, type Operator } from '../operator.ts'
import { assertUnresolved } from './find.ts'
import { type Handler, handlerOf } from './handlers.ts'
import { tellSubject } from './told.ts'

/** @throws AppError `ERR_ATTENTION_RESOLVED`; `ERR_ACTION_NOT_OFFERED` for an action this item does not offer */
export async function resolution(
  deps: OperatorDeps,
  item: AttentionItem,
  action: string,
  operator: Operator,
  note?: string,
): Promise<OperatorAction> {
  assertUnresolved(item, deps.clock.now())
  const id = offered(item, action)
  const by = nameOf(operator)
  const end = (tx: Tx, now: Instant) => resolved(tx, item, id, { by, note }, now)
  return actionOf(deps, item, handlerOf(id), { operator, note }, end)
}

async function actionOf(
  deps: OperatorDeps,
  item: AttentionItem,
  handler: Handler,
  { operator, note }: { readonly operator: Operator; readonly note: string | undefined },
  end: (tx: Tx, now: Instant) => Promise<void>,
): Promise<OperatorAction> {
  switch (handler.kind) {
    case 'within':
      return {
        preview: () => handler.preview(deps, item),
        carryOut: () => doWithin(deps, item, handler, operator, end),
      }
    case 'asks': {
      const asking = await handler.action(deps, item, operator)
      return {
        preview: asking.preview,
        carryOut: async (signal) => {
          const done = await asking.carryOut(signal)
          if (done.outcome !== 'notPossible') await inTransaction(deps.db, (tx) => end(tx, deps.clock.now()))
          return done
        },
      }
    }
    case 'settles': {
      return handler.action(deps, item, { operator, note, end: (tx) => end(tx, deps.clock.now()) })
    }
    case 'advice': {
      const preview = await handler.preview(deps, item)
      return { preview: async () => preview, carryOut: async () => (preview.possible ? nothing : refusedAs(preview)) }
    }
  }
}

async function doWithin(
  deps: OperatorDeps,
  item: AttentionItem,
  handler: Extract<Handler, { kind: 'within' }>,
  operator: Operator,
  end: (tx: Tx, now: Instant) => Promise<void>,
): Promise<Done> {
  const preview = await handler.preview(deps, item)
  if (!preview.possible) return refusedAs(preview)
  const now = deps.clock.now()
  await inTransaction(deps.db, async (tx) => {
    await handler.within(tx, item, nameOf(operator), now) // first: what it wakes is locked before the item, as a worker does
    await end(tx, now)
  })
  return { outcome: 'done', said: [handler.said] }
}

const nothing: Done = { outcome: 'done', said: [] }

function offered({ code }: AttentionItem, action: string): AttentionActionId {
  const ids = attentionCatalogue[code].actions.map(({ id }) => id)
  if (isAttentionAction(action) && ids.includes(action)) return action
  const known = ids.join(', ')
  throw new AppError('ERR_ACTION_NOT_OFFERED', { message: `This item offers: ${known}.`, facts: { offered: ids } })
}

async function resolved(
  tx: Tx,
  item: AttentionItem,
  action: AttentionActionId,
  { by, note }: { readonly by: string; readonly note: string | undefined },
  now: Instant,
): Promise<void> {
  await resolveAttention(tx, item, { by, note }, action, now)
  await tellSubject(tx, item, 'attention.acted', { action, by, ...(note ? { note } : {}) }, now)
}
