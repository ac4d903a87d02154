/** Reads one row of a usage file as Connect does: whose it is, of what, how much, when. Pure but for looking things up. */
import { type ExactQuantity, fitsPrecision, readQuantity } from '../../../src/kit/quantity.ts'
import { momentOfCell } from '../../../src/kit/spreadsheet/index.ts'
import { days, type Instant, instant, isAtOrAfter, isBefore, plus } from '../../../src/kit/time.ts'
import type { SeedItem } from '../../seed.ts'
import type { AssetRecord } from '../records.ts'
import { productOf, type State } from '../state.ts'
import type { UsageFileRecord, UsageRecordRecord, UsageRow } from './types.ts'

type Judged = Pick<UsageRecordRecord, 'assetId' | 'itemId' | 'quantity' | 'amount' | 'from' | 'to' | 'faults'>

const DECIMALS: Readonly<Record<string, number>> = { integer: 0, 'decimal(1)': 1, 'decimal(2)': 2, 'decimal(4)': 4, 'decimal(8)': 8 }

export function judgeRow(state: State, file: UsageFileRecord, row: UsageRow): Judged {
  const faults: string[] = []
  const asset = findAsset(state, file, row)
  const item = findItem(state, file, row)
  if (row.recordId === '') faults.push('record_id: This field is required.')
  if (!asset) faults.push(`asset_search_value: No asset with ${row.assetCriteria} ${row.assetValue}.`)
  if (asset && asset.environment !== file.environment) faults.push('asset_search_value: The asset belongs to another environment.')
  if (!item) faults.push(`item_search_value: No item with ${row.itemCriteria} ${row.itemValue}.`)
  const quantity = numberOf(row.quantity, 'quantity', faults)
  if (quantity !== undefined && item && !fitsPrecision(quantity, DECIMALS[item.precision ?? 'integer'] ?? 0)) {
    faults.push(`quantity: The item counts in ${item.precision ?? 'integer'}.`)
  }
  const amount = amountOf(file, row, faults)
  const [from, to] = [momentOfCell(row.startTime), momentOfCell(row.endTime)]
  faults.push(...whyNotThen(file, from, to))
  return { assetId: asset?.id, itemId: item?.id, quantity, amount, from, to, faults }
}

function findAsset(state: State, { productId }: UsageFileRecord, { assetCriteria, assetValue }: UsageRow): AssetRecord | undefined {
  const name = /^parameter\.(.+)$/.exec(assetCriteria)?.[1]
  const found =
    assetCriteria === 'asset.id'
      ? [state.assets.get(assetValue)]
      : assetCriteria === 'asset.external_uid'
        ? (state.assetsByUid.get(assetValue) ?? [])
        : [...state.assets.values()].filter((asset) => name !== undefined && asset.params.get(name)?.value === assetValue)
  return found.find((asset) => asset?.productId === productId && asset.status !== 'draft')
}

const findItem = (state: State, file: UsageFileRecord, { itemCriteria, itemValue }: UsageRow): SeedItem | undefined =>
  productOf(state, file).seed.items.find(
    (item) =>
      item.type === 'PPU' &&
      ((itemCriteria === 'item.mpn' && item.mpn === itemValue) || (itemCriteria === 'item.local_id' && item.localId === itemValue)),
  )

function numberOf(text: string, field: string, faults: string[]): ExactQuantity | undefined {
  const reading = readQuantity(text)
  if (!reading.ok) faults.push(`${field}: A valid number is required.`)
  else if (reading.quantity < 0n) faults.push(`${field}: Ensure this value is greater than or equal to 0.`)
  else return reading.quantity
  return undefined
}

/** Money, where the schema carries it. */
function amountOf({ schema }: UsageFileRecord, { amount = '', tier = '' }: UsageRow, faults: string[]): ExactQuantity | undefined {
  if (schema === 'qt') return undefined
  if (schema === 'tr' && !/^[012]$/.test(tier)) faults.push('tier: 0, 1 or 2 is required.')
  return numberOf(amount, 'amount', faults)
}

function whyNotThen({ period }: UsageFileRecord, from: Instant | undefined, to: Instant | undefined): readonly string[] {
  if (!from) return ['start_time_utc: Expected YYYY-MM-DD HH:MM:SS.']
  if (!to) return ['end_time_utc: Expected YYYY-MM-DD HH:MM:SS.']
  if (isBefore(to, from)) return ['end_time_utc: The end is before the start.']
  const first = instant(`${period.from}T00:00:00Z`)
  const end = plus(instant(`${period.to}T00:00:00Z`), days(1))
  return isBefore(from, first) || !isAtOrAfter(end, to) ? ['start_time_utc: The usage is outside of the period of the file.'] : []
}
