/** Reads the spreadsheet it is told and keeps its rows, as for a usage file of Connect. Says how long it took and how much memory the process had at most. */
import { createInterface } from 'node:readline'
import { openDatabase } from '../src/database/index.ts'
import { usageFileId } from '../src/kit/ids.ts'
import { silentLog } from '../src/kit/log.ts'
import type { Milliseconds } from '../src/kit/time.ts'
import { countRead } from '../src/usage/connect/rows.ts'
import { keepSheet } from '../src/usage/connect/spreadsheet.ts'
import { freeLease } from './lease.ts'
import { TENANT } from './usage-records.ts'

export interface SheetOrder {
  readonly url: string
  readonly path: string
  readonly fileId: string
}

export interface SheetRead {
  readonly took: Milliseconds
  /** At most, in MB. */
  readonly memory: number
  readonly kept: number
}

for await (const line of createInterface({ input: process.stdin })) {
  const { url, path, fileId } = JSON.parse(line) as SheetOrder
  const database = openDatabase({ url, log: silentLog })
  const key = { tenantId: TENANT, fileId: usageFileId.parse(fileId) }
  const begun = performance.now()
  await keepSheet(database, key, path, [], freeLease)
  const took = performance.now() - begun
  const memory = process.resourceUsage().maxRSS / 1024
  console.log(JSON.stringify({ took, memory, kept: await countRead(database.db, key) } satisfies SheetRead))
  await database.close()
}
