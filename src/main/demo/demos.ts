/** The demos there are. */
import { firstSale } from './first-sale.ts'
import { onboarding } from './onboarding.ts'
import type { DemoDeps } from './stage.ts'
import { usageFile } from './usage.ts'

export interface Demo {
  readonly about: string
  /** What it says last: when all agreed, and when not. */
  readonly agreed: string
  readonly differed: string
  /** Begins with an empty installation; otherwise the sandbox's publisher is set up. */
  readonly fromNothing?: true
  /** @returns whether the books, asked themselves, agree */
  readonly play: (deps: DemoDeps) => Promise<boolean>
}

const BOOKS = { agreed: 'Ledger, Microsoft and Connect agree to the last digit.', differed: 'The three books do not agree.' }

export const demos: ReadonlyMap<string, Demo> = new Map<string, Demo>([
  [
    'onboarding',
    {
      about: 'an empty installation, a product in Connect: eight commands to a live offer, and its first sale',
      fromNothing: true,
      ...{ agreed: 'The offer is live, and sold.', differed: 'The offer was not sold.', play: onboarding },
    },
  ],
  [
    'sale',
    {
      about: 'a purchase becomes an active subscription on both sides',
      ...{ agreed: 'Both sides agree.', differed: 'The two sides do not agree.', play: firstSale },
    },
  ],
  [
    'usage',
    {
      about: 'a vendor’s usage file becomes accepted usage events at Microsoft and a closed file in Connect',
      ...{ ...BOOKS, play: (deps) => usageFile(deps, false) },
    },
  ],
  [
    'usage-differs',
    {
      about: 'the same, and somebody reports usage past the bridge: what a difference looks like (ends with 1)',
      ...{ ...BOOKS, play: (deps) => usageFile(deps, true) },
    },
  ],
])

export const listOfDemos = (): string =>
  ['npm run demo -- NAME', ...[...demos].map(([name, { about }]) => `  ${name.padEnd(14)} ${about}`), ''].join('\n')
