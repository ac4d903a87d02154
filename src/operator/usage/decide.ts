/** What an operator decides about usage that is not billed by itself: of one subscription, all that waits or a part of it. */
import type { Tx } from '../../database/index.ts'
import type { SubscriptionId, TenantId } from '../../kit/ids.ts'
import { printQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import {
  countHeldOf,
  countSlots,
  type Decided,
  decideHeld,
  decideSlots,
  type HeldDecided,
  listHeldOf,
  listSlots,
  policiesOf,
  type Signature,
  type SlotDecision,
  type SlotShown,
  type Together,
} from '../../usage/index.ts'
import { type Done, notPossible, type OperatorAction, type Preview, refusedAs } from '../actions/action.ts'
import type { OperatorDeps } from '../deps.ts'
import { type Operator, signedBy } from '../operator.ts'

export const usageDecisions = ['billLater', 'writeOff', 'sendAgain', 'release', 'drop'] as const
export type UsageDecision = (typeof usageDecisions)[number]

export interface UsageInQuestion {
  readonly tenantId: TenantId
  readonly subscriptionId: SubscriptionId
  readonly dimension?: string | undefined
  /** One hour's slot alone. */
  readonly hour?: Instant | undefined
  /** Slots in this state alone. */
  readonly state?: 'differs' | 'refused' | 'expired' | undefined
  /** One held record alone. */
  readonly key?: string | undefined
}

/** One decision, previewed or carried out. Many hours or records are decided in parts; what was decided stays decided, so it is safe to repeat. */
export function usageDecision(
  deps: OperatorDeps,
  about: UsageInQuestion,
  decision: UsageDecision,
  operator: Operator,
  note?: string,
  together?: (tx: Tx) => Promise<void>,
): OperatorAction {
  const signature = { ...signedBy(operator, note), together }
  const run = async (dryRun: boolean): Promise<readonly Outcome[]> =>
    decision === 'release' || decision === 'drop'
      ? decideRecords(deps, about, { decision, ...signature }, dryRun)
      : decideHours(deps, about, { decision, ...signature }, dryRun)
  return {
    preview: async () => {
      const [preview, more] = [previewOf(await run(true)), await beyond(deps, about, decision)]
      return preview.possible && more ? { ...preview, effect: [more, ...preview.effect] } : preview
    },
    carryOut: async () => doneOf(await run(false)),
  }
}

interface Outcome {
  readonly what: string
  readonly decided: Decided | HeldDecided
}

/** In one go; more is decided by saying it again. */
const MOST = 1_000

/** What one go does not reach, in words; nothing where it reaches all. */
async function beyond({ db, clock }: OperatorDeps, about: UsageInQuestion, decision: UsageDecision): Promise<string | undefined> {
  const ofRecords = decision === 'release' || decision === 'drop'
  const count = await (ofRecords ? countHeldOf(db, about) : countSlots(db, slotsIn(about), clock.now()))
  if (count <= MOST) return undefined
  const what = ofRecords ? 'records wait, and the first' : 'hours wait, and the newest'
  return `${count.toLocaleString('en-US')} ${what} ${MOST.toLocaleString('en-US')} are decided now. Say it again for the others.`
}

const slotsIn = ({ state, ...about }: UsageInQuestion) => ({
  ...about,
  states: state ? [state] : (['differs', 'refused', 'expired'] as const),
})

async function decideHours(
  { db, clock }: OperatorDeps,
  about: UsageInQuestion,
  decision: Signature & Together & { readonly decision: SlotDecision },
  dryRun: boolean,
): Promise<readonly Outcome[]> {
  const slots = (await listSlots(db, { ...slotsIn(about), limit: MOST }, clock.now())).toReversed()
  const intake = { tenantId: about.tenantId, policyOf: await policiesOf(db, about.tenantId), now: clock.now(), dryRun }
  const decided = await decideSlots(db, intake, { ...decision, slots })
  return outcomesOf(slots.map(slotInWords), decided)
}

const outcomesOf = (what: readonly string[], decided: readonly Outcome['decided'][]): readonly Outcome[] =>
  decided.map((one, index) => ({ what: what[index] ?? '', decided: one }))

const slotInWords = ({ dimension, hour, state }: SlotShown): string => `${dimension}, hour ${hour.toISOString()} (${state})`

async function decideRecords(
  { db, clock }: OperatorDeps,
  { tenantId, subscriptionId, dimension, key }: UsageInQuestion,
  decision: Signature & Together & { readonly decision: 'release' | 'drop' },
  dryRun: boolean,
): Promise<readonly Outcome[]> {
  const held = await listHeldOf(db, { tenantId, subscriptionId, dimension, key, limit: MOST })
  const intake = { tenantId, policyOf: await policiesOf(db, tenantId), now: clock.now(), dryRun }
  const decided = await decideHeld(db, intake, { ...decision, records: held })
  return outcomesOf(
    held.map((one) => `${one.dimension}, record ${one.key}`),
    decided,
  )
}

function previewOf(outcomes: readonly Outcome[]): Preview {
  const possible = outcomes.filter(({ decided }) => decided.outcome !== 'refused')
  if (possible.length > 0) return { possible: true, effect: outcomes.map(inWords) }
  if (outcomes.length === 0) return notPossible('NOTHING_WAITS', 'Nothing of this usage waits for such a decision.')
  return notPossible('NOT_NOW', 'None of it can be decided so.', outcomes.map(inWords))
}

function doneOf(outcomes: readonly Outcome[]): Done {
  const preview = previewOf(outcomes)
  return preview.possible ? { outcome: 'done', said: preview.effect } : refusedAs(preview)
}

function inWords({ what, decided }: Outcome): string {
  const amount = 'quantity' in decided ? printQuantity(decided.quantity) : ''
  switch (decided.outcome) {
    case 'billedLater':
    case 'released':
      return `${what}: ${amount} billed with the hour ${decided.hour.toISOString()}`
    case 'writtenOff':
    case 'dropped':
      return `${what}: ${amount} not billed, for good`
    case 'sentAgain':
      return `${what}: ${amount} sent again`
    case 'refused':
      return `${what}: left as it is, ${REASONS[decided.because]}`
  }
}

const REASONS: Readonly<Record<Extract<Decided | HeldDecided, { outcome: 'refused' }>['because'], string>> = {
  unknownSlot: 'there is no such hour',
  notWaiting: 'this cannot be decided about it',
  nothingLeft: 'Microsoft has billed all of it, or more',
  maybeBilled:
    'a sending of it was never answered, so Microsoft may have billed it: compare with Microsoft’s own sums (bridge usage read-back) and write it off, or add what is missing (bridge usage add)',
  noHourLeft: 'the subscription has ended and Microsoft takes none of its hours any more',
  notHeld: 'it is not held any more',
}
