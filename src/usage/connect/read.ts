/**
 * Reads the records of a file, page by page, and keeps them: what was judged is what is taken in later. Connect orders them by when they were
 * made, which is the same for all, so rows may come twice or be missed: the different ones are counted, and it is read again while they are
 * fewer than Connect says. When that does not help, and for files of our own export, the processed spreadsheet is read instead.
 */
import type { ConnectClient, UsageRecord } from '../../connect/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { ApiError, AppError, hasCode } from '../../kit/errors/index.ts'
import type { UsageDeps } from '../deps.ts'
import type { FileKey } from './file.ts'
import { decimalsOf } from './read-words.ts'
import { countRead, keepRead, type ReadRecord } from './rows.ts'
import { readSheet } from './spreadsheet.ts'

const READINGS = 3

/** @returns which way they came. @throws ApiError of the `ERR_CONNECT_` family, AppError of the `ERR_SPREADSHEET_` family */
export async function readRecords(
  deps: UsageDeps,
  connect: ConnectClient,
  key: FileKey,
  file: { readonly isOwn: boolean; readonly productId: string },
  lease: Lease,
): Promise<'pages' | 'spreadsheet'> {
  if (file.isOwn && (await trySheet(deps, connect, key, file, lease))) return 'spreadsheet'
  for (let reading = 0; reading < READINGS; reading++) {
    if (await readPages(deps, connect, key, lease)) return 'pages'
  }
  if (await trySheet(deps, connect, key, file, lease)) return 'spreadsheet'
  throw new ApiError('ERR_CONNECT_LIST_CHANGED', { facts: { file: key.fileId } })
}

/** @returns whether as many different ones were read as there are */
async function readPages({ db }: UsageDeps, connect: ConnectClient, key: FileKey, lease: Lease): Promise<boolean> {
  let total: number | undefined
  for await (const page of connect.usageRecords.pages({ fileId: key.fileId }, lease.signal)) {
    total = page.total ?? total
    await keepRead(db, key, page.items.map(toRead), lease)
  }
  return total === undefined || (await countRead(db, key)) === total
}

const toRead = (record: UsageRecord): ReadRecord => ({
  id: record.id,
  status: record.status,
  assetId: record.assetId,
  assetExternalUid: record.assetExternalUid,
  assetExternalId: record.assetExternalId,
  itemId: record.itemId,
  itemMpn: record.itemMpn,
  decimals: decimalsOf(record.itemPrecision),
  usage: record.usage,
  amount: record.amount,
  tier: record.tier,
  from: record.consumedFrom,
  to: record.consumedTo,
  ownKey: undefined,
})

/** A sheet that cannot be had, or lacks what is needed, is no way in: the pages are. */
async function trySheet(
  deps: UsageDeps,
  connect: ConnectClient,
  key: FileKey,
  file: { readonly productId: string },
  lease: Lease,
): Promise<boolean> {
  try {
    return await readSheet(deps, connect, key, file.productId, lease)
  } catch (error) {
    const isNoWay = hasCode(error, 'ERR_CONNECT_FILE_GONE', 'ERR_CONNECT_FILE_HOST', 'ERR_CONNECT_FILE_TOO_LARGE')
    if (isNoWay || (error instanceof AppError && error.code.startsWith('ERR_SPREADSHEET_'))) return false
    throw error
  }
}
