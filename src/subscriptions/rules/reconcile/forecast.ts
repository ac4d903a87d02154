/** What the bridge will do about it, by what the lists say: the decision itself, asked early. The real one observes first. Pure. */
import type { Instant } from '../../../kit/time.ts'
import { nextStep } from '../next-step.ts'
import type { StepKind } from '../steps.ts'
import type { ConnectSide, SubscriptionView } from '../view.ts'
import { recordDifferences } from './differences.ts'
import type { KnownSubscription, ListedAsset, Subject } from './subject.ts'

export type Forecast =
  | { readonly will: 'nothing' }
  /** Only a look tells: Microsoft's list is not its word on one subscription. */
  | { readonly will: 'look' }
  | { readonly will: 'step'; readonly step: StepKind }
  | { readonly will: 'wait'; readonly for: string }
  /** A person decides; the code says about what. */
  | { readonly will: 'ask'; readonly code: string }

type Brakes = SubscriptionView['brakes']

export function forecastOf(subject: Subject, brakes: Brakes, now: Instant): Forecast {
  const { microsoft, record, setup, asset } = subject
  if (!microsoft) return record ? { will: 'look' } : { will: 'nothing' }
  if (!setup) return { will: 'nothing' }
  const standing = lastWord(record, recordDifferences(microsoft, record).length === 0)
  if (standing) return standing
  const next = nextStep(
    {
      microsoft: { kind: 'seen', ...microsoft },
      managed: true,
      plan: setup.plans.get(microsoft.planId),
      mappedItems: setup.mappedItems,
      connection: setup.connections[microsoft.environment]
        ? 'present'
        : microsoft.environment === 'test'
          ? 'missingTest'
          : 'missingProduction',
      sendWith: '',
      supportsHold: setup.supportsHold,
      buyerConfirmed: record?.buyerConfirmed ?? false,
      connect: connectSide(asset, now),
      notices: [],
      refusedPlans: [],
      attempts: record?.attempts ?? [],
      brakes,
      proposedAsset: undefined,
      policy: setup.policy,
      firstSeenAt: record?.firstSeenAt ?? now,
    },
    now,
  )
  switch (next.kind) {
    case 'step':
      return { will: 'step', step: next.step.kind }
    case 'wait':
      return { will: 'wait', for: next.for }
    case 'settled':
      return { will: 'nothing' }
    case 'attention':
      return { will: 'ask', code: next.attention.code }
  }
}

/** The lists do not tell what was asked and refused before; the last decision does, while Microsoft's side is as it was. */
function lastWord(record: KnownSubscription | undefined, isCurrent: boolean): Forecast | undefined {
  if (!isCurrent || record?.next?.kind !== 'attention' || !record.next.note) return undefined
  return { will: 'ask', code: record.next.note }
}

const connectSide = (asset: ListedAsset | undefined, now: Instant): ConnectSide => ({
  asset,
  openRequest: asset?.openRequest && { ...asset.openRequest, items: [], reason: undefined, createdAt: now },
  finishedRequests: [],
  lastPurchase: undefined,
})
