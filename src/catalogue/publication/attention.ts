/** What of an offer's way a person has to see to. Each item goes by itself when its cause does. */
import { type AttentionCode, type AttentionNote, settleAttention } from '../../attention/index.ts'
import type { Tx } from '../../database/index.ts'
import type { AppError } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { PublishingNext } from '../rules/publishing/next-step.ts'
import type { PublicationKey } from './record.ts'

const CODE_OF = {
  refused: 'OFFER_REFUSED',
  certification: 'OFFER_CERTIFICATION_FAILED',
  edits: 'OFFER_HAS_FOREIGN_EDITS',
  gaps: 'OFFER_LACKS_CONTENT',
  unclear: 'OFFER_UNCLEAR',
} as const satisfies Readonly<Record<Extract<PublishingNext, { kind: 'attention' }>['why'], AttentionCode>>

const CODES: readonly AttentionCode[] = [...Object.values(CODE_OF), 'OFFER_WAITS_FOR_YES', 'OFFER_LOCKED', 'OFFER_CREDENTIAL_REFUSED']

/** @param sentences what is in the way, as a person reads it */
export function noteOf(next: PublishingNext, sentences: readonly string[], isLocked: boolean): AttentionNote | undefined {
  const facts = { reasons: sentences.slice(0, 20) }
  if (next.kind === 'attention') return { code: CODE_OF[next.why], facts }
  if (next.kind === 'confirm') return { code: 'OFFER_WAITS_FOR_YES', facts: { preview: next.submission } }
  return isLocked ? { code: 'OFFER_LOCKED', facts: {} } : undefined
}

export const noteOfRefusal = ({ code, message }: AppError): AttentionNote => ({
  code: 'OFFER_CREDENTIAL_REFUSED',
  facts: { error: code, reasons: [message] },
})

export const settleOffer = (tx: Tx, { tenantId, offerId }: PublicationKey, note: AttentionNote | undefined, at: Instant) =>
  settleAttention(tx, { tenantId, subject: { kind: 'offer', id: offerId }, among: CODES, wanted: note ? [note] : [] }, at)
