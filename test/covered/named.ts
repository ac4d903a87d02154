/** Cells that tests other than stories stand for, and those that cannot be. */
import type { ActionCell, Cell, RequestCell } from './cells.ts'
import { ACTIONS } from './cells.ts'

/** A test by its file and its title as written there. */
export interface NamedTest {
  readonly file: string
  readonly title: string
}

/** Statuses the sandbox never gives, since Microsoft documents them and never sends them, or may add them one day. */
const neverSent: NamedTest = {
  file: 'src/subscriptions/rules/notices.test.ts',
  title: 'nothing is settled, and there is another look within five minutes',
}

export const namedTests: readonly (readonly [Cell, NamedTest])[] = [
  ...ACTIONS.flatMap((action) => (['NotStarted', 'Unknown'] as const).map((state) => [`${action} while ${state}`, neverSent] as const)),
  [
    'Unsubscribe while NeverSeen',
    { file: 'test/scenarios/later-life.test.ts', title: 'that is bought and cancelled before anybody came is known by its notice alone' },
  ],
  ['Renew while Subscribed', { file: 'test/scenarios/later-life.test.ts', title: 'has the dates of its new term after a renewal' }],
  ['ChangePlan while Subscribed', { file: 'test/scenarios/changes.test.ts', title: 'of plan under rules follows the listed moves' }],
]

const [noQuantities, firstOrderOnly, holdsOnly, notOurs, itsOwn] = [
  'it has no quantities',
  'only a first order waits for the reseller',
  'only a suspension or resumption is made failed',
  'the bridge never orders one',
  'the vendor both asks for it and answers it',
] as const

export const cannotBe: Readonly<Partial<Record<Cell, string>>> = {
  'purchase is made failed': holdsOnly,
  'purchase is nothing to change': 'nothing was there before',
  'change is tiers_setup': firstOrderOnly,
  'change is made failed': holdsOnly,
  ...both('approved otherwise', noQuantities),
  ...both('tiers_setup', firstOrderOnly),
  ...both('nothing to change', noQuantities),
  'cancel is made failed': holdsOnly,
  'adjustment is approved otherwise': noQuantities,
  'adjustment is revoked': itsOwn,
  'adjustment is inquiring': itsOwn,
  'adjustment is scheduled': itsOwn,
  'adjustment is tiers_setup': firstOrderOnly,
  'adjustment is refused': notOurs,
  'adjustment is 409 open': notOurs,
  'adjustment is 409 over': notOurs,
  'adjustment is answer lost': notOurs,
  'adjustment is made failed': notOurs,
  'adjustment is nothing to change': notOurs,
} satisfies Partial<Record<RequestCell | ActionCell, string>>

function both<O extends 'approved otherwise' | 'tiers_setup' | 'nothing to change'>(outcome: O, why: string) {
  return { [`suspend is ${outcome}`]: why, [`resume is ${outcome}`]: why, [`cancel is ${outcome}`]: why }
}
