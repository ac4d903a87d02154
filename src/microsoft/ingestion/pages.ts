/** Goes through the pages of a list. */
import type { z } from 'zod'
import type { MicrosoftReply } from '../call.ts'
import { unexpectedAnswer } from '../failure.ts'
import { continuationOf } from '../links.ts'
import { faultsOf, read } from '../read.ts'
import { ingestionPage } from '../wire/ingestion.ts'
import { type IngestionApi, type IngestionCall, sendIngestion } from './send.ts'

/** More than any account has. */
const MOST_PAGES = 10_000

/**
 * The rows of all pages. A row that cannot be read is left out and logged as an error.
 * @throws ApiError `ERR_MS_UNEXPECTED_ANSWER` when the next page cannot be told or the list goes in circles: never a short list.
 */
export async function* pagesOf<Schema extends z.ZodType>(
  api: IngestionApi,
  call: IngestionCall,
  row: Schema,
): AsyncGenerator<readonly z.output<Schema>[]> {
  const seen = new Set<string>()
  let more: Readonly<Record<string, string>> | undefined = {}
  while (more !== undefined) {
    const reply: MicrosoftReply = await sendIngestion(api, { ...call, query: { ...call.query, ...more } })
    const { value, '@nextLink': nextLink } = read(reply, ingestionPage)
    yield value.flatMap((one) => readRow(api, reply, one, row))
    more = nextLink === undefined ? undefined : nextPage(reply, nextLink, seen)
  }
}

export async function allOf<Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

/** The link itself is never called: our token goes to the configured host only. */
function nextPage(reply: MicrosoftReply, nextLink: string, seen: Set<string>): Readonly<Record<string, string>> {
  const continuationToken = continuationOf(nextLink)
  if (continuationToken === undefined) throw unexpectedAnswer(reply, 'a next page without a continuation token')
  if (seen.has(continuationToken) || seen.size >= MOST_PAGES) throw unexpectedAnswer(reply, 'the pages have no end')
  seen.add(continuationToken)
  return { continuationToken }
}

export function readRow<Schema extends z.ZodType>(
  api: IngestionApi,
  reply: MicrosoftReply,
  row: unknown,
  schema: Schema,
): readonly z.output<Schema>[] {
  const result = schema.safeParse(row)
  if (result.success) return [result.data]
  api.log.error({ ...reply.ids, call: reply.call, fault: faultsOf(result.error) }, 'a listed row cannot be read')
  return []
}
