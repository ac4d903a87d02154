/** What can be done about an attention item. Ids are stable: commands, the API and stored resolutions name them. */
import { hours, type Milliseconds } from '../../kit/time.ts'

interface ActionEntry {
  /** The bridge carries it out on an operator's word; everything else is advice to a person. */
  readonly by: 'bridge' | 'person'
  /** How long an item stays resolved by it although its cause is still seen. */
  readonly quietFor: Quiet
}

export type Quiet =
  /** Until the next look says otherwise. */
  | 'untilLook'
  /** As long as the cause is the same. */
  | 'whileSame'
  /** Its effect takes a while to show. */
  | Milliseconds

/** Keeps who does it with each id, so that what the bridge does has to be handled. */
const define = <const Entries extends Readonly<Record<string, ActionEntry>>>(entries: Entries) => entries

const advice = { by: 'person', quietFor: 'untilLook' } as const satisfies ActionEntry

/** An operation at Microsoft usually takes seconds; beyond this it is no longer waited for. */
const SHOWS_WITHIN: Milliseconds = hours(1)

export const attentionActions = define({
  retry: { by: 'bridge', quietFor: 'untilLook' },
  replayNotice: { by: 'bridge', quietFor: 'untilLook' },
  cancelAtMicrosoft: { by: 'bridge', quietFor: SHOWS_WITHIN },
  askAgainAtMicrosoft: { by: 'bridge', quietFor: 'whileSame' },
  revertAtMicrosoft: { by: 'bridge', quietFor: SHOWS_WITHIN },
  leave: { by: 'bridge', quietFor: 'whileSame' },
  billUsageLater: { by: 'bridge', quietFor: 'untilLook' },
  writeUsageOff: { by: 'bridge', quietFor: 'untilLook' },
  sendUsageAgain: { by: 'bridge', quietFor: 'untilLook' },
  releaseUsage: { by: 'bridge', quietFor: 'untilLook' },
  dropUsage: { by: 'bridge', quietFor: 'untilLook' },
  declareIncluded: advice,
  sendReasons: advice,
  judgeFileAgain: advice,
  closeUnbilled: advice,
  checkConnectToken: advice,
  lookAtRisk: advice,
  askVendor: advice,
  writeToBuyer: advice,
  lookInConnect: advice,
  lookInPartnerCenter: advice,
  checkCredential: advice,
  lookUpFailure: advice,
  correctReasons: advice,
  correctSetup: advice,
  mapPlan: advice,
  withdrawPlan: advice,
  giveTestConnection: advice,
  giveProductionConnection: advice,
  supportCase: advice,
  matchAsset: advice,
  unmatchAsset: advice,
  orderAnew: advice,
  updateBridge: advice,
  confirmReconcile: advice,
  releaseBrake: advice,
  confirmOffer: advice,
  decideListing: advice,
  proposeOffers: advice,
})

export type AttentionActionId = keyof typeof attentionActions

/** Those the bridge carries out. */
export type BridgeActionId = {
  [Id in AttentionActionId]: (typeof attentionActions)[Id]['by'] extends 'bridge' ? Id : never
}[AttentionActionId]

export const isDoneByBridge = (id: AttentionActionId): id is BridgeActionId => attentionActions[id].by === 'bridge'

export const isAttentionAction = (id: string): id is AttentionActionId => Object.hasOwn(attentionActions, id)
