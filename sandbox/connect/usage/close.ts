/** Closing and judging single records, and closing many at once with an answer for each. */
import type { Json } from '../json.ts'
import { invalid, notFound, Refusal, wrongState } from '../refusal.ts'
import type { State } from '../state.ts'
import { closeFile, moveRecord, recordsOf } from './files.ts'
import type { UsageRecordRecord } from './types.ts'
import { apiStatus } from './wire.ts'

export interface Closing {
  readonly id: string
  readonly billingId: string
  readonly note: string
}

/** @throws Refusal 400 when it may not be closed. */
export function closeRecord(state: State, closing: Closing): UsageRecordRecord {
  const record = state.usage.records.get(closing.id)
  if (!record) throw notFound('UsageRecord')
  if (closing.billingId === '' && state.options.billingId === 'required') throw invalid('external_billing_id: This field is required.')
  if (record.status === 'closed') throw new Refusal(400, 'USG_021', ['The usage record is closed already.'])
  if (record.status !== 'accepted') throw new Refusal(400, 'USG_020', [`A usage record in status "${apiStatus(record)}" cannot be closed.`])
  moveRecord(state, record, 'closed')
  record.billingId = closing.billingId
  record.billingNote = closing.note.slice(0, 200)
  closeWithTheLast(state, record)
  return record
}

/** All that can be closed are; each has its own answer. @throws Refusal 400 for none or too many: then nothing is closed. */
export function closeMany(state: State, closings: readonly Closing[]): readonly Json[] {
  const { maxBulkClose } = state.options
  if (closings.length < 1 || closings.length > maxBulkClose) throw invalid(`Between 1 and ${maxBulkClose} usage records are expected.`)
  return closings.map((closing) => {
    try {
      return result(closeRecord(state, spared(state, closing)))
    } catch (error) {
      if (error instanceof Refusal) return failed(state, closing.id, error)
      throw error
    }
  })
}

/** @throws Refusal when the option says that this one is to fail. */
function spared(state: State, closing: Closing): Closing {
  if (state.options.closeFailures <= 0) return closing
  state.options.closeFailures -= 1
  throw new Refusal(400, 'USG_099', ['The usage record could not be closed. Please try again.'])
}

const result = (record: UsageRecordRecord): Json => ({ id: record.id, status: apiStatus(record), error_codes: '', error_details: '' })

function failed(state: State, id: string, { body, message }: Refusal): Json {
  const record = state.usage.records.get(id)
  return { id, status: record ? apiStatus(record) : null, error_codes: body['error_code'] ?? '', error_details: message }
}

function closeWithTheLast(state: State, { fileId }: UsageRecordRecord): void {
  const file = state.usage.files.get(fileId)
  if (file?.status !== 'accepted' || state.options.lastRecord !== 'closesFile') return
  if (recordsOf(state, file).every(({ status }) => status === 'closed' || status === 'rejected')) closeFile(state, file)
}

/** Approves or rejects one, while its file waits or is accepted. */
export function judgeRecord(state: State, record: UsageRecordRecord, verdict: unknown): void {
  const file = state.usage.files.get(record.fileId)
  if (verdict !== 'approved' && verdict !== 'rejected') throw invalid(`status: "${String(verdict)}" is not a valid choice.`)
  if (file?.status !== 'pending' && file?.status !== 'accepted') throw wrongState('The usage file is not to be judged now.')
  moveRecord(state, record, verdict === 'approved' ? 'accepted' : 'rejected')
}
