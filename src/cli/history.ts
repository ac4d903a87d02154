/** `bridge product history`, `bridge offer history`: what happened, when, and who did it. */
import type { Command } from 'commander'
import { type HistoryEntry, type HistorySubject, readHistory, sayEvent } from '../catalogue/index.ts'
import { offerId, productId, type TenantId } from '../kit/ids.ts'
import { time } from './attention-words.ts'
import { type CliContext, print, withBridge } from './context.ts'
import { tenantNamed, wrongUsage } from './parse.ts'
import { plain } from './table.ts'

interface Options {
  readonly json?: boolean
}

export const addHistoryCommand = (group: Command, context: CliContext, kind: 'product' | 'offer'): Command =>
  group
    .command('history')
    .description(`what happened to ${kind === 'product' ? 'a product' : 'an offer'}, and who did it`)
    .argument('<tenant>')
    .argument(`<${kind}>`, kind === 'product' ? 'PRD-…' : 'the offer id, without -preview')
    .option('--json', 'print JSON')
    .action((tenant: string, id: string, options: Options) => history(context, tenant, { kind, id }, options))

interface Named {
  readonly kind: 'product' | 'offer'
  readonly id: string
}

async function history(context: CliContext, name: string, named: Named, { json }: Options): Promise<void> {
  const entries = await withBridge(context, async ({ db }) => readHistory(db, subjectOf((await tenantNamed(db, name)).id, named)))
  print(context, json, entries.map(written), () => (entries.length === 0 ? ['Nothing is known.'] : entries.map(entryLine)))
}

function subjectOf(tenantId: TenantId, { kind, id }: Named): HistorySubject {
  const [product, offer] = [productId.safeParse(id).data, offerId.safeParse(id).data]
  if (kind === 'product' && product !== undefined) return { tenantId, productId: product }
  if (kind === 'offer' && offer !== undefined) return { tenantId, offerId: offer }
  throw wrongUsage(`${plain(id)} is no ${kind} id`)
}

export const entryLine = ({ at, by, event, note }: HistoryEntry): string =>
  plain(`${time(at)}  ${by}: ${sayEvent(event)}${note === undefined ? '' : ` ${note}`}`)

export const written = ({ id: _, ...entry }: HistoryEntry) => ({ ...entry, sentence: sayEvent(entry.event) })
