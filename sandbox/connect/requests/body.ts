/** The body of `POST /requests`, read just far enough; what is inside is judged by the request's own type. */
import { z } from 'zod'
import { type Instant, instant } from '../../../src/kit/time.ts'
import { isObject, type Json } from '../json.ts'
import type { RequestType } from '../records.ts'
import { invalid } from '../refusal.ts'

export interface RequestBody {
  readonly type: RequestType
  readonly draft: boolean
  readonly asset: Readonly<Record<string, unknown>>
  readonly marketplaceId: string | undefined
  readonly note: string
  readonly plannedDate: Instant | undefined
  readonly externalAttributes: Json
}

const outline = z.object({
  type: z.enum(['purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment']),
  status: z.string().optional(),
  note: z.string().nullish(),
  planned_date: z.string().nullish(),
  asset: z.record(z.string(), z.unknown()),
  marketplace: z.object({ id: z.string().nullish() }).nullish(),
})

/** @throws Refusal 400 with the path of each fault. */
export function readBody(given: unknown): RequestBody {
  const read = outline.safeParse(given)
  if (!read.success) {
    throw invalid(
      ...read.error.issues.map(
        (issue) => `${issue.path.join('.') || 'body'}: ${issue.input === undefined ? 'This field is required.' : issue.message}`,
      ),
    )
  }
  const { type, status, note, planned_date, asset, marketplace } = read.data
  const attributes = isObject(given) ? (given['external_attributes'] ?? asset['external_attributes']) : undefined
  return {
    type,
    draft: status === 'draft',
    asset,
    marketplaceId: idOf(marketplace) ?? idOf(asset['marketplace']),
    note: note ?? '',
    plannedDate: planned_date ? readDate(planned_date, 'planned_date') : undefined,
    externalAttributes: (attributes ?? []) as Json,
  }
}

/** `{ id }` of a reference; null objects such as `MP-00000` are no reference. */
export const idOf = (reference: unknown): string | undefined => {
  const id = isObject(reference) ? reference['id'] : undefined
  return typeof id === 'string' && id !== '' && !/^[A-Z]+(-0+)+$/.test(id) ? id : undefined
}

/** @throws Refusal 400 */
export function readDate(text: unknown, path: string): Instant {
  try {
    return instant(typeof text === 'string' ? text : '')
  } catch {
    throw invalid(`${path}: Datetime has wrong format. Use ISO 8601.`)
  }
}
