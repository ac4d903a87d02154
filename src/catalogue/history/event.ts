/** What may happen to a product or an offer of the catalogue, and how it is said. */
import { z } from 'zod'
import { pipelineSteps } from '../rules/publishing/pipeline.ts'

const texts = z.array(z.string())

export const historyEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('productAdded') }),
  z.object({ what: z.literal('proposalKept') }),
  z.object({ what: z.literal('imported') }),
  /** What has changed of the product was taken over. */
  z.object({ what: z.literal('resynced'), differences: texts }),
  /** By a set-up file. */
  z.object({ what: z.literal('changedByFile'), parts: texts }),
  z.object({
    what: z.literal('wanted'),
    target: z.enum(['draft', 'preview', 'live', 'ended']),
    agreedTo: z.array(z.enum(['live', 'edits'])),
  }),
  z.object({ what: z.literal('ticked'), fields: texts }),
  z.object({ what: z.literal('unticked'), fields: texts }),
  /** Partner Center's draft is as wanted. */
  z.object({ what: z.literal('drafted') }),
  z.object({ what: z.literal('step'), step: z.enum(pipelineSteps), state: z.enum(['done', 'running']) }),
  /** A person has to see to it. */
  z.object({ what: z.literal('blocked'), sentences: texts }),
  /** Nothing to do for anybody but to wait. */
  z.object({ what: z.literal('waits'), sentences: texts }),
])
export type HistoryEvent = z.output<typeof historyEvent>

const STEPS: Readonly<Record<Extract<HistoryEvent, { what: 'step' }>['step'], { readonly running: string; readonly done: string }>> = {
  submission: { running: 'The draft is being written.', done: 'Submitted to Microsoft.' },
  review: { running: 'Review: Microsoft certifies the offer and makes its preview.', done: 'The review is passed.' },
  staging: { running: 'Staging: the preview stands.', done: 'Staging is over.' },
  publishing: { running: 'Publishing: it was agreed that buyers see it.', done: 'Published.' },
  goToMarket: { running: 'Going to market.', done: 'Live: buyers see it.' },
}

/** One sentence, without who and when. */
export function sayEvent(event: HistoryEvent): string {
  switch (event.what) {
    case 'productAdded':
      return 'The product was added.'
    case 'proposalKept':
      return 'A proposal was kept: offer, plans, plan map.'
    case 'imported':
      return 'Taken over from Partner Center as it was made there by hand.'
    case 'resynced':
      return `Taken over from Connect: ${event.differences.join(' ') || 'the product as it is.'}`
    case 'changedByFile':
      return `Changed by a set-up file: ${event.parts.join(', ')}.`
    case 'wanted':
      return event.target === 'ended' ? 'Wanted out of the store.' : `Wanted at ${event.target}${agreement(event.agreedTo)}.`
    case 'ticked':
      return `Seen in Partner Center: ${event.fields.join(', ')}.`
    case 'unticked':
      return `Not seen in Partner Center after all: ${event.fields.join(', ')}.`
    case 'drafted':
      return 'Partner Center’s draft is as wanted.'
    case 'step':
      return STEPS[event.step][event.state]
    case 'blocked':
      return `Blocked: ${event.sentences.join(' ')}`
    case 'waits':
      return event.sentences.join(' ')
  }
}

const AGREED = { live: 'that buyers see it', edits: 'that edits of colleagues are published along' } as const

const agreement = (agreedTo: Extract<HistoryEvent, { what: 'wanted' }>['agreedTo']): string =>
  agreedTo.length === 0 ? '' : `, with a yes to it: ${agreedTo.map((one) => AGREED[one]).join(', and ')}`
