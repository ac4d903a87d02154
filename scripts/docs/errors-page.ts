import { errorCatalogue } from '../../src/kit/errors/index.ts'
import { page, table } from './page.ts'

export const errorsPage = (): string =>
  page(
    'Error codes',
    'Every error of the product has a stable code. It stands in API answers, in the log, and as the reference on the buyer’s problem pages.',
    table(
      ['Code', 'HTTP', 'What happened', 'What to do', 'Again?'],
      Object.entries(errorCatalogue)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, entry]) => [`\`${code}\``, String(entry.status), entry.what, entry.todo, entry.retryable ? 'may help' : 'no']),
    ),
  )
