/** An action that ended without a word asks for attention, and is looked at on, until Microsoft shows what became of it. */
import type { Lease, LookResult } from '../../database/work/index.ts'
import type { MicrosoftFulfilment } from '../../microsoft/index.ts'
import { observeOperation } from '../notification/observe.ts'
import { wordsOf } from '../rules/manage/reasons.ts'
import { nextOfUnclear, type UnclearNext } from '../rules/manage/unclear.ts'
import type { TimelineEvent } from '../timeline.ts'
import type { ManageDeps } from './deps.ts'
import { readManageFacts } from './facts.ts'
import { findOperation } from './found.ts'
import { type EndedAction, listActions, type ManagementAction, recordAction } from './store.ts'
import { actionFacts } from './told.ts'

export type Unclear = ManagementAction & { readonly ended: EndedAction }

export const isUnclear = (action: ManagementAction): action is Unclear => action.ended?.as === 'unclear'

export async function lookOn(deps: ManageDeps, action: Unclear, microsoft: MicrosoftFulfilment, lease: Lease): Promise<LookResult> {
  const next = await judge(deps, action, microsoft, lease.signal)
  const at = deps.clock.now()
  switch (next.kind) {
    case 'wait':
      return { lookAgainAt: next.until }
    case 'follow':
      await recordAction(deps.db, action, { operationId: next.operationId, events: [], at }, (tx) => lease.assertHeld(tx))
      return { lookAgainAt: at }
    case 'overtaken':
      await recordAction(deps.db, action, { mattersNoMore: true, events: [], at }, (tx) => lease.assertHeld(tx))
      return {}
    case 'known': {
      const ended = { at, as: next.as, reason: next.reason }
      await recordAction(deps.db, action, { ended, events: [told(action, next)], at }, (tx) => lease.assertHeld(tx))
      deps.crashPoint('action.cleared')
      return {}
    }
  }
}

async function judge(deps: ManageDeps, action: Unclear, microsoft: MicrosoftFulfilment, signal: AbortSignal): Promise<UnclearNext> {
  const { operationId, subscriptionId, wanted, from } = action
  const operation = operationId && (await observeOperation(microsoft, subscriptionId, operationId, signal))
  const { facts, operations } = await readManageFacts(deps, action, microsoft, signal)
  const found = operationId === undefined ? await findOperation(deps.db, action, operations) : undefined
  const unclear = {
    ...{ wanted, from, found, microsoft: facts.microsoft, endedAt: action.ended.at, newer: await newerThan(deps, action) },
    operation: typeof operation === 'object' ? operation.status : operation,
  }
  return nextOfUnclear(unclear, deps.clock.now())
}

/** Newest first: those before this one say nothing. */
async function newerThan({ db }: ManageDeps, action: Unclear): Promise<'open' | 'carriedOut' | undefined> {
  const all = await listActions(db, action, 100)
  const newer = all
    .slice(
      0,
      all.findIndex(({ id }) => id === action.id),
    )
    .filter(({ ended }) => ended?.as !== 'refused')
  if (newer.length === 0) return undefined
  return newer.some(({ ended }) => ended) ? 'carriedOut' : 'open'
}

const told = (action: Unclear, { as, reason }: Extract<UnclearNext, { kind: 'known' }>): TimelineEvent => ({
  actor: 'bridge',
  event: as === 'done' ? 'action.done' : 'action.failed',
  facts: { ...actionFacts(action), ...(reason === undefined ? {} : { reason, because: wordsOf(reason) }) },
})
