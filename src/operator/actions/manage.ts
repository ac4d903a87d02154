/** Changing plan or seats, and cancelling, at Microsoft: judged and followed by the subscriptions room. */
import { type Asked, askFor, previewAction, type SubscriptionKey, type WantedAction } from '../../subscriptions/index.ts'
import type { OperatorDeps } from '../deps.ts'
import { nameOf, type Operator } from '../operator.ts'
import { type Done, type NotPossible, notPossible, type OperatorAction, type Preview, refusedAs } from './action.ts'

export const managed = (deps: OperatorDeps, key: SubscriptionKey, wanted: WantedAction, operator: Operator): OperatorAction => ({
  async preview(signal): Promise<Preview> {
    const preview = await previewAction(deps, key, wanted, { signal })
    return preview.possible ? { possible: true, effect: preview.effect } : no(preview)
  },
  async carryOut(signal): Promise<Done> {
    return doneOf(await askFor(deps, key, wanted, { by: 'operator', name: nameOf(operator) }, { signal }))
  },
})

function doneOf(asked: Asked): Done {
  switch (asked.outcome) {
    case 'asked':
      return { outcome: 'asked', said: ['Microsoft is asked now. Usually it takes less than a minute; the timeline tells.'] }
    case 'underWay':
      return { outcome: 'underWay', said: ['The same is under way already.'] }
    case 'refused':
      return refusedAs(no(asked))
  }
}

const no = ({ reason, because }: { readonly reason: string; readonly because: string }): NotPossible => notPossible(reason, because)
