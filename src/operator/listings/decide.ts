/** An operator's word about what a vendor asks of the shelf: accept, complete, refuse. */
import { judgeWord, type ListingKey, type SaidWord, type StoredListingRequest, sayWord, type WhyNot } from '../../catalogue/index.ts'
import { type Done, type NotPossible, notPossible, type OperatorAction, type Preview, refusedAs } from '../actions/action.ts'
import type { OperatorDeps } from '../deps.ts'
import { nameOf, type Operator } from '../operator.ts'

/** Previewed by what the last look found. Carried out at the next look, which decides again by what Connect shows then. */
export function listingDecision(
  { db, clock }: OperatorDeps,
  key: ListingKey,
  word: SaidWord,
  operator: Operator,
  note?: string | undefined,
): OperatorAction {
  return {
    async preview(): Promise<Preview> {
      const judged = await judgeWord(db, key, word)
      if (!judged.possible) return no(judged.because)
      return {
        possible: true,
        effect: judged.isSaid ? ['It was said already; it is looked at again now.'] : effectOf(judged.request, word),
      }
    },
    async carryOut(): Promise<Done> {
      const judged = await judgeWord(db, key, word)
      if (!judged.possible) return refusedAs(no(judged.because))
      await sayWord(db, key, word, { by: nameOf(operator), note, at: clock.now() })
      return { outcome: 'asked', said: ['It is seen to now: bridge listing show tells how it stands.'] }
    },
  }
}

function effectOf({ type, productId, findings }: StoredListingRequest, word: SaidWord): readonly string[] {
  const sends = findings?.sends ?? []
  const offers = (findings?.offers ?? []).map(({ id, stage }) => `At Microsoft, ${id}: ${STAGES[stage]}.`)
  switch (word) {
    case 'accept':
      return type === 'remove'
        ? [
            'The vendor is told that the sale is being ended.',
            ...(sends.length === 0 ? [`Buyers can buy ${productId} until its offers are stopped at Microsoft.`] : sends.map(sentence)),
            LIVE_ON,
          ]
        : ['The vendor is told that it is being deployed.', ...leftOut(findings?.changes ?? []), ...sends.map(sentence), ...offers]
    case 'complete':
      return type === 'remove'
        ? ['The request is completed: Connect lists the product no more, and may refuse new orders of it.', ...offers, LIVE_ON]
        : ['The request is completed: Connect lists the product.', ...offers]
    case 'refuse':
      return [
        'The request is canceled in Connect, for good; the vendor may ask anew.',
        'Connect takes no reason with it: tell the vendor there.',
      ]
  }
}

type Send = NonNullable<StoredListingRequest['findings']>['sends'][number]

function sentence({ id, to, asks }: Send): string {
  switch (to) {
    case 'ended':
      return `${id} leaves the store at Microsoft at once: nobody can buy it any more.`
    case 'draft':
      return `The draft of ${id} is written in Partner Center.`
    case 'preview':
      return `${id} is sent to its preview: Microsoft certifies it, which takes hours to days.`
    case 'live':
      return asks
        ? `${id} is sent to its preview, and asks you again before buyers see it.`
        : `${id} is sent to the store: buyers see it once Microsoft has certified it, and what is published cannot be taken back.`
  }
}

const LIVE_ON = 'Subscriptions that exist live on: they renew, change and end as before.'
const STAGES = { untold: 'not seen', none: 'not there yet', preview: 'in preview', live: 'live' } as const

const leftOut = (changes: readonly string[]): readonly string[] =>
  changes.length === 0 ? [] : ['The offers stay without what the version brings:', ...changes]

const no = (because: WhyNot): NotPossible => notPossible(...REASONS[because])

const REASONS: Readonly<Record<WhyNot, readonly [reason: string, because: string, hints?: readonly string[]]>> = {
  notFound: ['NOT_FOUND', 'There is no such listing request.', ['bridge listing list TENANT names them.']],
  over: ['OVER', 'The request is over: completed, refused or taken back by the vendor.'],
  notUnderReview: ['NOT_UNDER_REVIEW', 'The request is not under review any more.'],
  notDeployed: ['NOT_DEPLOYED', 'The request is not being deployed: it has to be accepted first.'],
  hasProblems: ['HAS_PROBLEMS', 'Problems are in the way, which no yes takes away.', ['bridge listing show names them.']],
  unclear: ['UNCLEAR', 'The bridge does not know what this request asks. See to it in Connect.'],
  refused: ['REFUSED', 'It was refused, and is being canceled.'],
}
