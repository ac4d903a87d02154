/** `bridge offer checklist`: an offer's content to type into Partner Center by hand. */
import type { Command } from 'commander'
import { type Checklist, offerChecklist, type SeenField } from '../catalogue/index.ts'
import { offerId } from '../kit/ids.ts'
import { tickChecklist } from '../operator/index.ts'
import { type CliContext, print, withBridge } from './context.ts'
import { operatorOf } from './operator.ts'
import { tenantNamed, wrongUsage } from './parse.ts'
import { plain } from './table.ts'

interface Options {
  readonly tick?: readonly string[]
  readonly untick?: readonly string[]
  readonly as?: string
  readonly json?: boolean
}

export const addChecklist = (offer: Command, context: CliContext): Command =>
  offer
    .command('checklist')
    .description('the offer’s content with the exact values to copy into Partner Center, page by page, and what was seen there')
    .argument('<tenant>')
    .argument('<offer>', 'the offer id, without -preview')
    .option('--tick <field...>', 'seen in Partner Center as it is here; a page or a part of it stands for all below')
    .option('--untick <field...>', 'not seen after all')
    .option('--as <name>', 'who saw it; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((tenant: string, offer: string, options: Options) => checklist(context, tenant, offer, options))

async function checklist(context: CliContext, name: string, offer: string, { tick = [], untick = [], as, json }: Options): Promise<void> {
  const operator = operatorOf(context, as === undefined ? {} : { as })
  const shown = await withBridge(context, async ({ db, keyring, config: { publicUrl } }) => {
    const key = { tenantId: (await tenantNamed(db, name)).id, offerId: offerId.parse(offer) }
    const deps = { db, keyring, publicUrl }
    const unknown = await tickChecklist({ ...deps, clock: context.clock }, key, { tick, untick }, operator)
    if (unknown.length > 0) throw wrongUsage(`the checklist has no ${unknown.map(plain).join(', ')}; its fields are shown without --tick`)
    return offerChecklist(deps, key, context.clock.now())
  })
  print(context, json, shown, () => checklistLines(shown))
}

function checklistLines({ offerId, name, fields }: Checklist): readonly string[] {
  const seen = fields.filter((one) => one.seen).length
  return [
    `${offerId}  ${plain(name)}: ${seen} of ${fields.length} seen in Partner Center`,
    ...fields.flatMap((field, at) => [...(field.page === fields[at - 1]?.page ? [] : ['', field.page]), ...fieldLines(field)]),
  ]
}

const fieldLines = ({ key, about, field, value, note, seen }: SeenField): readonly string[] => [
  `  [${seen ? 'x' : ' '}] ${plain(about === '' ? field : `${about}: ${field}`)}  (${plain(key)})${seen ? `  seen ${seen.at.toISOString().slice(0, 10)} by ${plain(seen.by)}` : ''}`,
  ...(value ?? '').split('\n').map((line) => `        ${plain(line)}`),
  ...(note === undefined ? [] : [`        (${plain(note)})`]),
]
