/** How far a listing request takes the offers of its product at Microsoft, and how they stand on that way. Pure. */
import type { ListingPolicy } from '../../../tenants/model/policies.ts'
import type { Goal } from '../publishing/view.ts'
import type { ListingView, OfferStage } from './view.ts'

/** An offer whose content is kept here: the bridge can take it somewhere. */
export interface OfferOnItsWay {
  readonly target: Goal | undefined
  /** The content as it is kept now may be seen by buyers. */
  readonly confirmed: boolean
  /** How it stands, looked at since its content and its target are what they are; undefined before. */
  readonly standing: { readonly kind: string; readonly why?: string | undefined } | undefined
}

export interface Sent {
  readonly to: Goal
  readonly confirmsLive: boolean
  /** Nothing is left to ask for. */
  readonly isSent: boolean
}

/** Undefined where a person publishes. An offer is never taken back on its way but by a removal. */
export function sendingOf(type: ListingView['type'], policy: ListingPolicy, { target, confirmed }: OfferOnItsWay): Sent | undefined {
  if (policy.publish === 'never' || type === 'unknown') return undefined
  if (type === 'remove') return { to: 'ended', confirmsLive: false, isSent: target === 'ended' }
  const to = further(target, policy.publish)
  const confirmsLive = to === 'live' && policy.goLive === 'automatic'
  return { to, confirmsLive, isSent: target === to && (!confirmsLive || confirmed) }
}

const WAY: readonly (Goal | undefined)[] = [undefined, 'ended', 'draft', 'preview', 'live']
const further = (a: Goal | undefined, b: Goal): Goal => (a !== undefined && WAY.indexOf(a) > WAY.indexOf(b) ? a : b)

/** How far the content that is kept now has come. */
export function stageOfContent({ target, standing }: OfferOnItsWay): OfferStage {
  switch (standing?.kind) {
    case 'settled':
      return target === 'live' || target === 'preview' ? target : 'none'
    case 'confirm':
      return 'preview'
    default:
      return standing?.why === 'live' || standing?.why === 'goLive' ? 'preview' : 'none'
  }
}

/** What holds all of them up: one that is blocked outweighs one that only waits for a yes; `end`: the policy takes them no further. */
export function heldOf(offers: readonly OfferOnItsWay[]): ListingView['held'] {
  const kinds = offers.map(({ standing }) => standing?.kind)
  if (kinds.some((kind) => kind === 'attention' || kind === 'refused')) return 'blocked'
  if (kinds.some((kind) => kind !== 'confirm' && kind !== 'settled')) return undefined
  return kinds.includes('confirm') ? 'yes' : 'end'
}

const STAGES: readonly OfferStage[] = ['untold', 'none', 'preview', 'live']
export const least = (stages: readonly OfferStage[]): OfferStage => STAGES.find((stage) => stages.includes(stage)) ?? 'none'
