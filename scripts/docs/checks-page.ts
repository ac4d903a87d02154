import { installationChecks, productChecks, steps, tenantChecks } from '../../src/preflight/index.ts'
import { page, table } from './page.ts'

const all = [
  ...Object.entries(installationChecks).map(([code, { step, about }]) => ({ code, step, about, scope: 'the installation' })),
  ...Object.entries(tenantChecks).map(([code, { step, about }]) => ({ code, step, about, scope: 'each tenant' })),
  ...Object.entries(productChecks).map(([code, { step, about }]) => ({ code, step, about, scope: 'each product' })),
]

export const checksPage = (): string =>
  page(
    'Checks of the preflight',
    '`bridge doctor [TENANT] [PRODUCT]` looks at each of these for real. A finding is passed, a warning, failed, declared (an operator says so, because no API tells) or skipped with the reason. ' +
      'Exit code: 0 all well, 1 warnings, 2 failures.',
    ...([1, 2, 3, 4] as const).flatMap((step) => [
      `## ${step}. ${steps[step]}`,
      table(
        ['Code', 'Of', 'What is so when it is passed'],
        all.filter((one) => one.step === step).map(({ code, scope, about }) => [`\`${code}\``, scope, about]),
      ),
    ]),
  )
