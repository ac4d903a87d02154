/** The life of a usage file: made, filled and submitted by the vendor; accepted or rejected, and closed, by the distributor. */

import { usageFileMachine, usageRecordMachine } from '../machine.ts'
import type { Environment, Role } from '../records.ts'
import { invalid, wrongState } from '../refusal.ts'
import { hubOf, pushTo, type State, tell } from '../state.ts'
import { judgeRow } from './judge-row.ts'
import type { UsageFileRecord, UsageFileStatus, UsageRecordRecord, UsageRecordStatus, UsageRow } from './types.ts'

export interface NewUsageFile {
  readonly productId: string
  readonly period: { readonly from: string; readonly to: string }
  readonly name?: string | undefined
  readonly externalId?: string | undefined
  readonly description?: string | undefined
  readonly currency?: string | undefined
}

const DAY = /^\d{4}-\d\d-\d\d$/

/** @throws Refusal 400 */
export function createFile(state: State, given: NewUsageFile): UsageFileRecord {
  const product = state.products.get(given.productId)
  if (!product) throw invalid('product.id: There is no such product.')
  if (!product.seed.capabilities.ppu) throw invalid('product.id: The product does not support usage.')
  const { from, to } = given.period
  if (!DAY.test(from) || !DAY.test(to) || to < from) throw invalid('period: Two days are required, the first one first.')
  const now = state.clock.now()
  state.usage.made += 1
  const number = String(state.usage.made).padStart(4, '0')
  const file: UsageFileRecord = {
    id: `UF-${from.slice(0, 7)}-2207-${number}`,
    name: given.name ?? `${product.seed.name} ${from}`,
    externalId: given.externalId ?? `larkspur-${number}`,
    description: given.description ?? '',
    productId: given.productId,
    schema: state.usage.schemas.get(given.productId) ?? 'qt',
    environment: 'production',
    currency: given.currency ?? 'USD',
    period: { from, to },
    status: 'draft',
    errorDetail: '',
    acceptanceNote: '',
    rejectionNote: '',
    events: new Map([['created', { at: now, by: 'vendor' }]]),
    created: now,
    updated: now,
  }
  state.usage.files.set(file.id, file)
  return file
}

/** Takes the rows of an upload in place of those before, and judges them after a while. */
export function uploadRows(state: State, file: UsageFileRecord, rows: readonly UsageRow[]): void {
  move(state, file, 'uploading', 'vendor', 'uploaded')
  for (const { id } of recordsOf(state, file)) state.usage.records.delete(id)
  state.usage.recordsOf.set(file.id, [])
  file.errorDetail = ''
  move(state, file, 'processing')
  const judge = (): void => judgeRows(state, file, rows)
  if (state.options.usageProcessing === 0) judge()
  else state.timers.after(state.options.usageProcessing, judge)
}

/** A sheet that cannot be read at all. */
export function uploadFailed(state: State, file: UsageFileRecord, why: string): void {
  move(state, file, 'uploading', 'vendor', 'uploaded')
  move(state, file, 'processing')
  file.errorDetail = why.slice(0, 200)
  move(state, file, 'invalid')
}

function judgeRows(state: State, file: UsageFileRecord, rows: readonly UsageRow[]): void {
  if (file.status !== 'processing') return
  file.environment = environmentOf(state, file, rows)
  const seen = new Set<string>()
  for (const [n, row] of rows.entries()) {
    const judged = judgeRow(state, file, row)
    const faults = seen.has(row.recordId) ? [...judged.faults, 'record_id: The record is repeated.'] : judged.faults
    seen.add(row.recordId)
    addRecord(state, file, n + 1, row, { ...judged, faults })
  }
  const bad = recordsOf(state, file).filter(({ status }) => status === 'invalid').length
  if (rows.length === 0) file.errorDetail = 'The file has no records.'
  else if (bad > 0) file.errorDetail = `${bad} of ${rows.length} records are invalid; see the processed file.`
  move(state, file, file.errorDetail === '' ? 'ready' : 'invalid')
}

/** Test files are told by whose usage they report. */
function environmentOf(state: State, file: UsageFileRecord, rows: readonly UsageRow[]): Environment {
  const first = rows[0] && judgeRow(state, file, rows[0]).assetId
  return (first !== undefined && state.assets.get(first)?.environment) || 'production'
}

function addRecord(state: State, file: UsageFileRecord, n: number, row: UsageRow, judged: ReturnType<typeof judgeRow>): void {
  const now = state.clock.now()
  const digits = String(n).padStart(8, '0')
  const record: UsageRecordRecord = {
    ...judged,
    id: `UR-${file.id.slice(3)}-${digits.slice(0, 4)}-${digits.slice(4)}`,
    fileId: file.id,
    row,
    status: 'uploaded',
    billingId: '',
    billingNote: '',
    closedAt: undefined,
    created: now,
    updated: now,
  }
  moveRecord(state, record, judged.faults.length === 0 ? 'validated' : 'invalid')
  state.usage.records.set(record.id, record)
  pushTo(state.usage.recordsOf, file.id, record)
}

export function submitFile(state: State, file: UsageFileRecord): void {
  move(state, file, 'pending', 'vendor', 'submitted')
  moveAll(state, file, 'validated', 'pending')
  if (state.options.usageAcceptance === 'automatic') acceptFile(state, file, 'Accepted by rule.')
}

export function acceptFile(state: State, file: UsageFileRecord, note: string): void {
  move(state, file, 'accepted', 'provider', 'accepted')
  file.acceptanceNote = cut(note)
  if (state.options.recordsOnAccept === 'approved') moveAll(state, file, 'pending', 'accepted')
  const id = `PUF-${file.id.slice(3)}-001`
  const hubId = hubOf(file.environment)
  state.usage.chunks.set(id, { id, fileId: file.id, hubId, status: 'ready', externalId: '', billingId: '', billingNote: '' })
}

/** @throws Refusal 400 without a note. */
export function rejectFile(state: State, file: UsageFileRecord, note: string): void {
  if (note === '') throw invalid('rejection_note: This field may not be blank.')
  move(state, file, 'rejected', 'provider', 'rejected')
  file.rejectionNote = cut(note)
  moveAll(state, file, 'pending', 'rejected')
}

export function approveAll(state: State, file: UsageFileRecord): void {
  if (file.status !== 'accepted') throw wrongState(`A usage file in status "${file.status}" has no records to approve.`)
  moveAll(state, file, 'pending', 'accepted')
}

/** @throws Refusal 400 while records are open, unless the option lets them be closed with it. */
export function closeFile(state: State, file: UsageFileRecord): void {
  const open = recordsOf(state, file).filter(({ status }) => status === 'accepted' || status === 'pending')
  if (open.length > 0 && state.options.closeWithOpenRecords === 'refused') {
    throw wrongState(`The usage file has ${open.length} records that are not closed.`)
  }
  move(state, file, 'closed', 'provider', 'closed')
  moveAll(state, file, 'pending', 'accepted')
  moveAll(state, file, 'accepted', 'closed')
}

export const deleteFile = (state: State, file: UsageFileRecord): void => move(state, file, 'deleted', 'vendor', 'deleted')

export const recordsOf = (state: State, { id }: UsageFileRecord): readonly UsageRecordRecord[] => state.usage.recordsOf.get(id) ?? []

const cut = (note: string): string => note.slice(0, 200)

function moveAll(state: State, file: UsageFileRecord, from: UsageRecordStatus, to: UsageRecordStatus): void {
  for (const record of recordsOf(state, file)) if (record.status === from) moveRecord(state, record, to)
}

function move(state: State, file: UsageFileRecord, to: UsageFileStatus, by?: Role, event?: string): void {
  if (!usageFileMachine.allows(file.status, to)) throw wrongState(`A usage file in status "${file.status}" cannot become "${to}".`)
  file.status = to
  file.updated = state.clock.now()
  if (by && event) file.events.set(event, { at: file.updated, by })
  tell(state, { objectClass: 'usage_file', productId: file.productId, id: file.id })
}

export function moveRecord(state: State, record: UsageRecordRecord, to: UsageRecordStatus): void {
  if (!usageRecordMachine.allows(record.status, to)) {
    throw wrongState(`A usage record in status "${record.status}" cannot become "${to}".`)
  }
  record.status = to
  record.updated = state.clock.now()
  if (to === 'closed') record.closedAt = record.updated
}
