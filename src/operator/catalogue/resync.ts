/** Taking over what has changed of a product: told before, difference by difference. */
import {
  acceptResync,
  type KeepDeps,
  observeProduct,
  type ResyncKey,
  type ResyncObserveDeps,
  type ResyncSeen,
  type Taking,
} from '../../catalogue/index.ts'
import { notPossible, type OperatorAction, type Preview, refusedAs } from '../actions/action.ts'
import { nameOf, type Operator } from '../operator.ts'

export function resyncAction(deps: ResyncObserveDeps & KeepDeps, key: ResyncKey, taking: Taking, operator: Operator): OperatorAction {
  let told: string | undefined
  return {
    async preview(signal): Promise<Preview> {
      const seen = await observeProduct(deps, key, signal)
      told = markOf(seen)
      return judge(seen, taking)
    },
    async carryOut(signal) {
      const seen = await observeProduct(deps, key, signal)
      const judged = judge(seen, taking)
      if (!judged.possible) return refusedAs(judged)
      if (told !== undefined && told !== markOf(seen)) return refusedAs(changedMeanwhile)
      await acceptResync(deps, key, seen, taking, nameOf(operator))
      const left = seen.differences.filter((one) => isLeft(one, taking))
      return {
        outcome: 'done',
        said: [
          `Taken over${seen.facts?.version === undefined ? '' : `: version ${seen.facts.version}`}. Nothing was written at Microsoft.`,
          ...(left.length === 0 ? [] : ['Left to you:', ...left.flatMap(({ sentence, meaning }) => [`  ${sentence}`, `    ${meaning}`])]),
          `Next: bridge offer show ${key.tenantId} ${key.productId}, prices for new plans, then bridge offer plan ${key.tenantId} OFFER.`,
        ],
      }
    },
  }
}

function judge({ facts, stored, differences, snapshot }: ResyncSeen, taking: Taking): Preview {
  if (!facts) return notPossible('PRODUCT_HIDDEN', 'Connect does not show the product to this account: there is nothing to take over.')
  if (stored.length === 0)
    return notPossible('NO_OFFERS', 'No offer of this product is kept yet: propose them first.', [
      'bridge offer propose TENANT PRODUCT --save',
    ])
  const taken = differences.filter((one) => !isLeft(one, taking))
  if (taken.length === 0 && snapshot) return notPossible('NOTHING_TO_ACCEPT', 'There is nothing that accepting would change.')
  return {
    possible: true,
    effect:
      taken.length === 0
        ? ['The product is remembered as it is now: what changes from here on is told.']
        : taken.map(({ sentence, meaning }) => `${sentence} ${meaning}`),
  }
}

/** Accepting does nothing about it. */
const isLeft = ({ kind, deed }: ResyncSeen['differences'][number], { retire }: Taking): boolean =>
  deed === 'decide' && !(retire && kind === 'planToRetire')

const markOf = ({ differences }: ResyncSeen): string => JSON.stringify(differences.map(({ sentence }) => sentence))
const changedMeanwhile = notPossible('CHANGED_MEANWHILE', 'The product has changed since the differences were shown: look again.')
