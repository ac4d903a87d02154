/** Usage for tests and the desk, by function call. */
import { hours, type Instant, plus } from '../../../src/kit/time.ts'
import { notFound } from '../refusal.ts'
import type { State } from '../state.ts'
import { createFile, recordsOf, submitFile, uploadRows } from './files.ts'
import type { UsageFileRecord, UsageFileStatus, UsageRecordRecord, UsageRow, UsageSchema } from './types.ts'

/** What was used, in the fewest words. */
export interface Used {
  readonly assetId: string
  readonly mpn: string
  readonly quantity: string
  readonly from: Instant
  /** Default: an hour later. */
  readonly to?: Instant | undefined
  readonly amount?: string | undefined
  readonly tier?: string | undefined
}

export interface UsageReport {
  readonly productId: string
  readonly used: readonly Used[]
  readonly name?: string | undefined
  /** Default: the days that are reported. */
  readonly period?: { readonly from: string; readonly to: string }
  /** Default: yes. */
  readonly submit?: boolean
}

export interface UsageWorld {
  /** The vendor makes a file of these rows and, when they are in order, submits it. @throws Refusal 400 */
  reportUsage(report: UsageReport): UsageFileRecord
  /** New rows for a file that was invalid or rejected. */
  correctUsage(fileId: string, used: readonly Used[]): UsageFileRecord
  submitUsage(fileId: string): void
  /** Oldest first. */
  usageFiles(filter?: { readonly productId?: string; readonly status?: UsageFileStatus }): readonly UsageFileRecord[]
  usageFile(id: string): UsageFileRecord
  usageRecords(fileId: string): readonly UsageRecordRecord[]
  /** By what a product's next files report: quantities, or money as well. */
  setUsageSchema(productId: string, schema: UsageSchema): void
}

export const usageWorld = (state: State): UsageWorld => ({
  reportUsage: (report) => reportUsage(state, report),
  correctUsage(fileId, used) {
    const file = fileOf(state, fileId)
    uploadRows(state, file, used.map(rowOf))
    return file
  },
  submitUsage: (fileId) => submitFile(state, fileOf(state, fileId)),
  usageFiles: (filter = {}) =>
    [...state.usage.files.values()].filter(
      (file) => (filter.productId ?? file.productId) === file.productId && (filter.status ?? file.status) === file.status,
    ),
  usageFile: (id) => fileOf(state, id),
  usageRecords: (fileId) => recordsOf(state, fileOf(state, fileId)),
  setUsageSchema: (productId, schema) => void state.usage.schemas.set(productId, schema),
})

function reportUsage(state: State, { productId, used, name, period = periodOf(used, state.clock.now()), submit = true }: UsageReport) {
  const file = createFile(state, { productId, period, name })
  uploadRows(state, file, used.map(rowOf))
  if (submit && file.status === 'ready') submitFile(state, file)
  return file
}

function periodOf(used: readonly Used[], now: Instant): { readonly from: string; readonly to: string } {
  const days = used.flatMap(({ from, to = plus(from, hours(1)) }) => [dayOf(from), dayOf(to)]).sort()
  return { from: days[0] ?? dayOf(now), to: days.at(-1) ?? dayOf(now) }
}

const rowOf = ({ assetId, mpn, quantity, from, to = plus(from, hours(1)), amount, tier }: Used, n: number): UsageRow => ({
  recordId: `row-${n + 1}`,
  itemCriteria: 'item.mpn',
  itemValue: mpn,
  quantity,
  startTime: cellOf(from),
  endTime: cellOf(to),
  assetCriteria: 'asset.id',
  assetValue: assetId,
  amount,
  tier,
})

const dayOf = (at: Instant): string => at.toISOString().slice(0, 10)
/** `2026-03-30 14:00:00` */
const cellOf = (at: Instant): string => at.toISOString().slice(0, 19).replace('T', ' ')

function fileOf(state: State, id: string): UsageFileRecord {
  const file = state.usage.files.get(id)
  if (!file) throw notFound(id)
  return file
}
