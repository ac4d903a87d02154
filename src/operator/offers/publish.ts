/** Sending an offer on its way: told before, with what cannot be undone; the running bridge does it. */
import { type Goal, type ObserveDeps, type PublicationKey, planOffer, wantOffer } from '../../catalogue/index.ts'
import { notPossible, type OperatorAction } from '../actions/action.ts'
import { nameOf, noteOf, type Operator } from '../operator.ts'

const ENDS = [
  'It leaves the store at once: nobody can buy it any more.',
  'Subscriptions that exist live on: they renew, change and end as before.',
]

export function publishOffer(deps: ObserveDeps, key: PublicationKey, target: Goal, operator: Operator, note?: string): OperatorAction {
  let seenEdits: string | undefined
  return {
    async preview() {
      const plan = await planOffer(deps, key)
      if (!plan) return notPossible('ERR_OFFER_NOT_OURS', 'The content of this offer is not kept here.', ['Give it in the set-up file.'])
      if (target === 'ended') return { possible: true, effect: ENDS }
      seenEdits = target === 'draft' || plan.edits.length === 0 ? undefined : plan.editsMark
      return {
        possible: true,
        effect: [
          plan.toWrite === 0
            ? 'The draft is as wanted: nothing is written.'
            : `The draft is written: ${plan.differences.length} differences.`,
          ...(target === 'live' && plan.audiences.length > 0
            ? [`Who may buy changes for buyers at once, without a publication: ${plan.audiences.join(', ')}.`]
            : []),
          ...(target === 'draft' ? [] : ['The preview is submitted to Microsoft, which certifies it: hours to days.']),
          ...(seenEdits === undefined
            ? []
            : [`Edits of colleagues are published along: ${plan.edits.map(({ where }) => where).join(', ')}.`]),
          ...(target === 'live' ? ['It goes live: buyers see it, and what is published cannot be taken back.'] : []),
        ],
      }
    },
    async carryOut() {
      const by = {
        name: nameOf(operator),
        at: deps.clock.now(),
        confirmsLive: target === 'live',
        acceptsEdits: seenEdits,
        note: noteOf(note),
      }
      await wantOffer(deps.db, key, target, by)
      return { outcome: 'done', said: [`${key.offerId} goes to ${target}: the running bridge does it.`] }
    },
  }
}
