/** A plan, its texts, and where and to whom it is sold. */
import type { JsonObject } from '../../../kit/json.ts'
import type { PlanContent } from '../../../tenants/model/plan-content.ts'
import { isNothing } from './alike.ts'
import { absent, list, set, toProduct, value } from './build.ts'
import type { Claim } from './claim.ts'
import { pricing } from './prices.ts'
import { keyOfParts } from './tree.ts'
import type { DesiredResource, Reference, WantedOffer, WantedPlan } from './wanted.ts'

/** @param live its prices as buyers see them; undefined while it is not published. */
export function planResources(offer: WantedOffer, plan: WantedPlan, live: JsonObject | undefined): readonly DesiredResource[] {
  return [itself(plan), ...plan.content.listings.map((one) => text(plan, one)), availability(offer, plan, live)]
}

const toPlan = ({ planId }: WantedPlan): Reference => ({ member: 'plan', type: 'plan', key: planId })

const itself = ({ planId, name, content }: WantedPlan): DesiredResource => ({
  type: 'plan',
  key: planId,
  refs: [toProduct],
  birth: { identity: { externalId: planId }, azureRegions: ['azureGlobal'] },
  about: '',
  planId,
  claims: [
    ...value('alias', 'Name in Partner Center', name),
    ...value('displayRank', 'Place among the plans', content.rank),
    ...value('lifecycleState', 'Sold', content.retired ? 'deprecated' : 'generallyAvailable', { absentMeans: 'generallyAvailable' }),
  ],
})

const text = (plan: WantedPlan, { language, name, description }: PlanContent['listings'][number]): DesiredResource => ({
  type: 'plan-listing',
  key: keyOfParts(plan.planId, language),
  refs: [toProduct, toPlan(plan)],
  birth: { kind: 'azureSaaS-plan', languageId: language },
  about: language,
  planId: plan.planId,
  claims: [...value('name', 'Plan name', name ?? plan.name), ...value('description', 'Plan description', description)],
})

const availability = (offer: WantedOffer, plan: WantedPlan, live: JsonObject | undefined): DesiredResource => ({
  type: 'price-and-availability-plan',
  key: plan.planId,
  refs: [
    toProduct,
    toPlan(plan),
    ...(plan.content.meters.length > 0 ? [{ member: 'meterDefine', type: 'price-and-availability-custom-meter', key: '' } as const] : []),
  ],
  birth: { visibility: 'visible', audience: 'public' },
  about: '',
  planId: plan.planId,
  claims: [
    ...value('visibility', 'Shown in the store', visibilityOf(plan.content.hidden)),
    ...audience(plan.content, live),
    ...markets(plan.content),
    ...trial(plan.content, live),
    ...pricing(offer.content.pricingModel, plan.content, live),
  ],
})

const visibilityOf = (hidden: boolean | undefined): string | undefined => (hidden === undefined ? undefined : hidden ? 'hidden' : 'visible')

function audience({ audience: wanted }: PlanContent, live: JsonObject | undefined): readonly Claim[] {
  if (!wanted || cannotBecomePrivate(wanted.kind, live)) return []
  const items = wanted.tenants.map(({ id, note }) => ({ type: 'tenant', id, ...(note === undefined ? {} : { label: note }) }))
  return [
    ...value(
      'audience',
      'Who may buy',
      wanted.kind,
      wanted.kind === 'public' ? { final: 'a plan that was public cannot be made private' } : {},
    ),
    ...list(
      'privateAudiences',
      'Private audience',
      wanted.kind === 'private' ? { items, keyedBy: 'id', ours: ['type', 'id'], others: 'remove', existing: 'correct' } : undefined,
    ),
  ]
}

/** Microsoft lets a private plan become public, never the other way. */
export const cannotBecomePrivate = (wanted: 'public' | 'private' | undefined, live: JsonObject | undefined): boolean =>
  wanted === 'private' && live?.['audience'] === 'public'

/** With all markets the list of markets must not be there at all. */
function markets({ markets: wanted }: PlanContent): readonly Claim[] {
  if (wanted === undefined) return []
  if (wanted === 'all' || wanted === 'taxRemitted') {
    return [
      ...value('customerMarkets', 'Markets', wanted === 'all' ? 'allMarkets' : 'allTaxRemittedMarkets'),
      ...absent('markets', 'List of markets'),
    ]
  }
  return [
    ...value('customerMarkets', 'Markets', 'customMarkets', { absentMeans: 'customMarkets' }),
    ...set('markets', 'List of markets', wanted),
  ]
}

const trial = ({ trial: wanted }: PlanContent, live: JsonObject | undefined): readonly Claim[] => {
  if (wanted === undefined || cannotLoseTrial(wanted, live)) return []
  return value('trial', 'Free trial', wanted === 'none' ? null : { type: 'month', value: 1 }, {
    ...(wanted === '1 month' ? { final: 'a free trial cannot be taken back once it is published' } : {}),
  })
}

export const cannotLoseTrial = (wanted: PlanContent['trial'], live: JsonObject | undefined): boolean =>
  wanted === 'none' && !isNothing(live?.['trial'])
