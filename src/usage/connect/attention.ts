/** What of a usage file waits for an operator. */
import { type AttentionCode, type AttentionNote, settleAttention } from '../../attention/index.ts'
import type { Tx } from '../../database/index.ts'
import { between, days, type Instant, type Milliseconds } from '../../kit/time.ts'
import { isOver } from '../rules/files/states.ts'
import { countOpen, TOLD_AFTER } from './fates.ts'
import { type FileKey, loadFile, type StoredFile } from './file.ts'

const CODES = [
  'USAGE_FILE_REJECTED',
  'USAGE_RECORDS_HELD',
  'USAGE_RECORDS_NOT_CLOSED',
  'USAGE_FILE_STUCK',
] as const satisfies readonly AttentionCode[]

/** An hour is billed or not within a day; a grace, a retry and a weekend are no reason to worry. */
const WAITS_LONG: Milliseconds = days(4)

/** Makes the items of the file be what is so now. */
export async function settleFileAttention(tx: Tx, key: FileKey, now: Instant): Promise<void> {
  const file = await loadFile(tx, key)
  if (!file) return
  const subject = { kind: 'usageFile', id: file.fileId } as const
  await settleAttention(tx, { tenantId: file.tenantId, subject, among: CODES, wanted: await wantedFor(tx, file, now) }, now)
}

async function wantedFor(tx: Tx, file: StoredFile, now: Instant): Promise<readonly AttentionNote[]> {
  const about = { file: file.name, product: file.productId }
  const reasons = file.reasons.map(({ reason, records }) => `${reason}: ${records}`)
  if (file.state === 'rejected') {
    const facts = { ...about, bad: file.bad, records: file.records, reasons, submitted: file.submittedAt?.toISOString() ?? '' }
    return [{ code: 'USAGE_FILE_REJECTED', facts }]
  }
  if (isOver(file.state)) return []
  const { open, held, refused, words } = await countOpen(tx, file)
  const waitsLong = file.takenAt !== undefined && open > held && between(file.takenAt, now) > WAITS_LONG
  return [
    ...(file.state === 'billing' && held > 0 ? [{ code: 'USAGE_RECORDS_HELD', facts: { ...about, records: held, reasons } } as const] : []),
    ...(refused > 0 ? [{ code: 'USAGE_RECORDS_NOT_CLOSED', facts: { ...about, records: refused, reasons: words } } as const] : []),
    ...(file.tries >= TOLD_AFTER || waitsLong
      ? [
          {
            code: 'USAGE_FILE_STUCK',
            facts: { ...about, step: file.state, open, ...(file.trouble ? { reason: file.trouble } : {}) },
          } as const,
        ]
      : []),
  ]
}
