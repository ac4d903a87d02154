/** What `npm start` prints: where to click. */
import type { Sandbox } from '../../sandbox/start.ts'
import type { Config } from '../config.ts'

const FIRST_PRODUCT = 'larkspur/PRD-417-220-901'

export function banner(config: Config, sandbox: Sandbox | undefined): string {
  const lines = ['', `Marketplace Bridge is ready on ${config.publicUrl}`, '']
  if (config.masterKey.kind === 'createdOnce') {
    lines.push(`  Secrets are sealed with ${config.masterKey.path} (made once, readable by you only). Keep a copy of it.`, '')
  }
  if (sandbox) lines.push(...sandboxLines(config, sandbox))
  else lines.push('  Set up your publishers with: bridge apply FILE.yaml  (docs/setup-file.md)', '')
  return lines.join('\n')
}

const sandboxLines = (config: Config, sandbox: Sandbox): readonly string[] => [
  '  No real account is configured, so the sandbox stands in for Microsoft and CloudBlue Connect:',
  '',
  `    Buy something     ${sandbox.urls.storefront}`,
  `    Be the vendor     ${sandbox.urls.desk}`,
  `    Landing page      ${config.publicUrl}/portal/${FIRST_PRODUCT}/start`,
  '',
  '  Choose a product, press "Buy", then "Configure account", and approve the order at the vendor desk.',
  '  Stop with Ctrl-C.',
  '',
]
