import { type AttentionAction, type AttentionEntry, attentionActions, attentionCatalogue } from '../../src/attention/index.ts'
import { page, table } from './page.ts'

export const attentionPage = (): string =>
  page(
    'Attention items',
    'What no rule can settle becomes an attention item: never two of the same subject and code at a time. It resolves by itself when the cause is gone.',
    'What is in **bold** the bridge does on an operator’s word, after a preview: `bridge attention resolve ITEM --action ID`. Everything else is for people to do. A snoozed, acknowledged or left item comes back when one of the facts that matter changes.',
    table(
      ['Code', 'What is wrong', 'Why, and what it means', 'Facts that matter', 'What can be done'],
      Object.entries(attentionCatalogue).map(([code, entry]) => row(code, entry)),
    ),
  )

const row = (code: string, { sentence, cause, matters = [], actions }: AttentionEntry): readonly string[] => [
  `\`${code}\``,
  sentence,
  cause,
  matters.join(', ') || '-',
  actions.map(inWords).join('<br>'),
]

const inWords = ({ id, words }: AttentionAction): string => (attentionActions[id].by === 'bridge' ? `**${words}** (\`${id}\`)` : words)
