/** A product: in the plan map, at Microsoft, and its two addresses. What it is at Connect and in Partner Center is beside. */
import { type AtConnectFacts, atConnectChecks } from './at-connect.ts'
import { type Asked, defineChecks, failed, ifAnswered, listed, passed, warning } from './check.ts'
import { differences, dimensionDifferences, type OfferSeen, otherPricing } from './parity.ts'
import { leadsFinding, type PartnerCenterFacts, partnerCenterChecks } from './partner-center.ts'

export interface ProductFacts extends AtConnectFacts, PartnerCenterFacts {
  /** Active offers and their plans, as Partner Center has them where they are furthest, or as a subscription lets us ask. */
  readonly atMicrosoft: Asked<readonly OfferSeen[]>
  /** Offers whose content, as kept here, does not say where leads go. */
  readonly leads: Asked<readonly string[]>
  /** By offer: where its content says that leads go. */
  readonly wantedLeads: ReadonlyMap<string, string>
  readonly testPurchase: 'none' | 'ordered' | 'active'
  readonly landing: Asked<Reached>
  readonly webhook: Asked<Reached>
}

/** From outside when a probe is configured, else from here. */
export interface Reached {
  readonly from: 'outside' | 'here'
  readonly url: string
  /** Absent when nothing answered. */
  readonly status: number | undefined
}

const reached = (asked: Asked<Reached>, what: string, good: (status: number) => boolean) =>
  ifAnswered(asked, ({ from, url, status }) => {
    const where = from === 'outside' ? 'from outside' : 'from here only: no probe is configured (REACHABILITY_PROBE_URL)'
    if (status === undefined)
      return failed(
        `The ${what} ${url} cannot be reached (${where}).`,
        'Check PUBLIC_URL, the name in DNS, the certificate and what stands in front of the bridge.',
      )
    if (!good(status))
      return failed(
        `The ${what} ${url} answers ${status} (${where}).`,
        'Something else answers there, or the bridge is not well: see GET /readyz.',
      )
    return passed(`The ${what} answers (${where}).`)
  })

export const productChecks = defineChecks<ProductFacts>()({
  ...atConnectChecks,
  OFFER_MAPPED: {
    step: 3,
    about: 'The product has an offer with plans, and every plan is made of items.',
    judge: ({ id, offers }) => {
      if (offers.length === 0)
        return failed(
          `${id} has no offer: nothing of it can be bought.`,
          '`bridge offer propose TENANT PRODUCT` makes one of what Connect has; `bridge offer import TENANT PRODUCT` takes over one that was made by hand.',
        )
      const empty = offers.filter(({ plans }) => plans.length === 0).map((offer) => offer.id)
      return empty.length === 0
        ? passed(
            `${offers.map((offer) => `${offer.id} with ${offer.plans.length} ${offer.plans.length === 1 ? 'plan' : 'plans'}`).join(', ')}.`,
          )
        : failed(
            `${listed(empty)} has no plan.`,
            'Map each plan of the offer to items, in the set-up file; `bridge apply FILE` applies it.',
          )
    },
  },
  ...partnerCenterChecks,
  PLAN_PARITY: {
    step: 3,
    about: 'The plans of the plan map and those Microsoft offers are the same, and priced alike: by the seat, or flat.',
    judge: ({ offers, atMicrosoft }) =>
      ifAnswered(atMicrosoft, (seen) => {
        const unmapped = differences(seen, offers)
        if (unmapped.length > 0)
          return failed(
            `Microsoft offers what is not mapped: ${listed(unmapped)}. Who buys it waits for an operator.`,
            'Add the plans to the plan map, or stop selling them in Partner Center.',
          )
        const priced = otherPricing(offers, seen)
        if (priced.length > 0)
          return failed(`At Microsoft ${listed(priced)}: orders would name wrong quantities.`, 'Map the plan to an item of the other kind.')
        const unsold = differences(
          offers.filter(({ id }) => seen.some((one) => one.id === id)),
          seen,
        )
        return unsold.length === 0
          ? passed('The plans are the same on both sides.')
          : warning(
              `Mapped, and not offered by Microsoft: ${listed(unsold)}.`,
              'Publish the plans in Partner Center, or take them out of the plan map. Private plans are shown to their buyers only.',
            )
      }),
  },
  DIMENSION_PARITY: {
    step: 3,
    about: 'The dimensions of the plan map and those Microsoft meters are the same.',
    judge: ({ offers, atMicrosoft }) =>
      ifAnswered(atMicrosoft, (seen) => {
        const unknown = dimensionDifferences(offers, seen)
        if (unknown.length > 0)
          return failed(
            `Microsoft does not meter ${listed(unknown)}: usage of it would be refused.`,
            'Correct the dimension ids of the plan map, or add the dimensions in Partner Center.',
          )
        const unused = dimensionDifferences(seen, offers)
        return unused.length === 0
          ? passed('The dimensions are the same on both sides.')
          : warning(
              `Microsoft meters ${listed(unused)}, and no item is mapped to it.`,
              'Map an item to it, or have an application report it.',
            )
      }),
  },
  LEADS: {
    step: 3,
    about: 'It is decided where leads go.',
    judge: ({ leads, inPartnerCenter, wantedLeads }) => {
      if (inPartnerCenter.answered) return leadsFinding(inPartnerCenter.value, wantedLeads)
      return ifAnswered(leads, (undecided) =>
        undecided.length === 0
          ? passed('It is decided where leads go.')
          : warning(
              `Nobody has said where the leads of ${listed(undecided)} go.`,
              'Say so in the offer’s catalogue content (`leads`); `none` keeps them in Partner Center’s Referrals.',
            ),
      )
    },
  },
  TEST_PURCHASE: {
    step: 3,
    about: 'A preview purchase went all the way through.',
    judge: ({ testPurchase }) => {
      if (testPurchase === 'active') return passed('A preview purchase went all the way through.')
      return testPurchase === 'ordered'
        ? warning('A preview purchase is under way.', 'Follow it with `bridge subscription list --tenant TENANT`: it is marked TEST.')
        : warning(
            'No preview purchase has been made yet.',
            'Publish the preview and buy it once before it goes live: certification does the same.',
          )
    },
  },
  LANDING_PAGE: {
    step: 4,
    about: 'The landing page can be reached.',
    judge: ({ landing }) => reached(landing, 'landing page', (status) => status < 500 && status !== 404),
  },
  WEBHOOK_ADDRESS: {
    step: 4,
    about: 'The webhook can be reached, and refuses whoever is not Microsoft.',
    judge: ({ webhook }) => reached(webhook, 'webhook', (status) => status === 401 || status === 403),
  },
})

export type ProductCode = keyof typeof productChecks
