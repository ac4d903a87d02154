/** What a listing request waits for, in words. */
import type { ListingQuestion } from '../rules/listing/next-step.ts'
import { isOver, type StoredListingRequest } from './stored.ts'

export function listingInWords({ state, findings, trouble, tries }: StoredListingRequest): string {
  if (isOver(state)) return state === 'gone' ? 'nothing: not shown by Connect any more' : 'nothing: it is over'
  if (trouble !== undefined && tries > 0) return 'another try'
  if (!findings) return 'its first look'
  switch (findings.next.kind) {
    case 'over':
      return 'nothing: it is over'
    case 'step':
      return findings.next.step === 'publish' ? 'the offer, which is sent on its way' : `Connect, which is told: ${findings.next.step}`
    case 'wait':
      return WAITS[findings.next.for]
    case 'attention':
      return `you: ${QUESTIONS[findings.next.why]}`
  }
}

const WAITS = {
  vendor: 'the vendor',
  preview: 'the offer, to be in preview',
  live: 'the offer, to be live',
  end: 'the offer, to leave the store',
  yes: 'your yes that buyers see the offer: bridge offer apply --to live',
  offer: 'the offer, which is held up: see what it says',
} as const

const QUESTIONS: Readonly<Record<ListingQuestion, string>> = {
  notAdded: 'the product is not in the set-up',
  problems: 'problems are in the way',
  changes: 'the offers do not have what the version brings',
  confirmDeploy: 'nothing is in the way; accept it',
  confirmComplete: 'the offer is there; complete it',
  confirmRemoval: 'accept that its sale ends',
  toPublish: 'the offer is as far as the policy takes it; publish it further',
  stillOffered: 'buyers still see the offer',
  untold: 'the bridge cannot see the offer; complete it when it is there',
  unclear: 'the bridge does not know what is asked',
}
