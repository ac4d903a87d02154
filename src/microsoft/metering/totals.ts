import { read } from '../read.ts'
import { type MicrosoftApi, send } from '../request.ts'
import { usageTotals } from '../wire/metering.ts'
import type { UsageQuestion, UsageTotal } from './types.ts'

/**
 * Microsoft's own sums, to compare ours with. There is no list of single events, and no paging: ask for few days.
 *
 * A sum is made of doubles and read to fifteen digits. Yesterday's rows may still be `Submitted`; today's grow.
 *
 * @throws RangeError for a day that is none. ApiError `ERR_MS_BAD_REQUEST`, `ERR_MS_FORBIDDEN`; `ERR_MS_UNEXPECTED_ANSWER` when a row
 *   cannot be read: a shorter list would look like usage that is not billed.
 * @see Metering API 2018-08-31, GET /usageEvents
 */
export async function listUsage(api: MicrosoftApi, question: UsageQuestion, signal?: AbortSignal): Promise<readonly UsageTotal[]> {
  const reply = await send(api, { call: 'listUsage', method: 'GET', path: '/usageEvents', query: queryOf(question), signal })
  return read(reply, usageTotals)
}

function queryOf({ from, to, offerId, planId, dimension, reconStatus }: UsageQuestion): Readonly<Record<string, string>> {
  const asked = {
    usageStartDate: startOf(from),
    UsageEndDate: to === undefined ? undefined : endOf(to), // this spelling
    offerId,
    planId,
    dimension,
    reconStatus,
  }
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, encodeURIComponent(value)]])),
  )
}

const startOf = (day: string): string => `${checked(day)}T00:00:00Z`
const endOf = (day: string): string => `${checked(day)}T23:59:59Z`

function checked(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) throw new RangeError('a day as YYYY-MM-DD')
  return day
}
