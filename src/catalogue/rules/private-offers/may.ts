/** What may be done with a private offer, by how far it is. Pure. */
import type { PrivateOfferStatus } from './private-offer.ts'

export const privateOfferSteps = ['publish', 'link', 'withdraw'] as const
export type PrivateOfferStep = (typeof privateOfferSteps)[number]

/** Undefined: it may. Otherwise why not. A table, so that a new status does not compile until somebody decided. */
const WHY_NOT: Readonly<Record<PrivateOfferStatus, Readonly<Record<PrivateOfferStep, string | undefined>>>> = {
  draft: {
    publish: undefined,
    link: 'It is a draft: the customer sees it once it is published.',
    withdraw: 'It is a draft: there is nothing to withdraw.',
  },
  withdrawn: { publish: undefined, link: 'It was withdrawn.', withdraw: 'It was withdrawn already.' },
  pendingAcceptance: { publish: 'It is live already.', link: undefined, withdraw: undefined },
  pendingPartner: { publish: 'It is live already.', link: undefined, withdraw: undefined },
  accepted: {
    publish: 'The customer has accepted it.',
    link: 'The customer has accepted it.',
    withdraw: 'The customer has accepted it: it is locked. Only a support ticket at Microsoft ends it.',
  },
  expired: {
    publish: 'Nobody accepted it in time. Withdraw it, and make another one with later days.',
    link: 'Nobody accepted it in time: its link does not work any more.',
    withdraw: undefined,
  },
  ended: { publish: 'It has ended.', link: 'It has ended.', withdraw: 'It has ended.' },
  unknown: {
    publish: 'Microsoft shows a state that is not known here.',
    link: 'Microsoft shows a state that is not known here.',
    withdraw: 'Microsoft shows a state that is not known here.',
  },
}

export const whyNot = (status: PrivateOfferStatus, step: PrivateOfferStep): string | undefined => WHY_NOT[status][step]
