import { type ProblemEntry, problemCatalogue, type Severity } from '../../src/catalogue/rules/problems.ts'
import { page, table } from './page.ts'

const MEANING: Readonly<Record<Severity, string>> = {
  blocks: '**blocks**',
  warns: 'warns',
  notes: 'notes',
}

export const catalogueProblemsPage = (): string =>
  page(
    'Problems of offers',
    'What may be wrong with an offer before Microsoft sees it, told by `bridge offer propose` and `bridge offer show`.',
    'What **blocks** would be refused by Microsoft: nothing with such a problem is published. What _warns_ can be published, and somebody should know. What _notes_ tells how a product was modeled. Words in braces are filled in.',
    table(
      ['Code', '', 'What is the matter', 'What to do'],
      Object.entries(problemCatalogue).map(([code, { severity, sentence, todo }]: [string, ProblemEntry]) => [
        `\`${code}\``,
        MEANING[severity],
        sentence,
        todo,
      ]),
    ),
  )
