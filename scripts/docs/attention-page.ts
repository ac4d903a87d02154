import { attentionCatalogue } from '../../src/subscriptions/rules/attention.ts'
import { page, table } from './page.ts'

export const attentionPage = (): string =>
  page(
    'Attention items',
    'What no rule can settle becomes an attention item: one open item per subscription and cause. It resolves by itself when the cause is gone.',
    table(
      ['Code', 'What is wrong', 'Why, and what it means', 'What can be done'],
      Object.entries(attentionCatalogue).map(([code, entry]) => [`\`${code}\``, entry.sentence, entry.cause, entry.actions.join('; ')]),
    ),
  )
