/** A product: at Connect, in the plan map, at Microsoft, and its two addresses. */
import { type Asked, defineChecks, failed, ifAnswered, listed, passed, skipped, warning } from './check.ts'
import { differences, dimensionDifferences, type OfferSeen } from './parity.ts'
import { leadsFinding, type PartnerCenterFacts, partnerCenterChecks } from './partner-center.ts'

export interface ConnectionSeen {
  readonly id: string
  readonly type: string
  readonly status: string
  readonly hub: string | undefined
}

export interface ProductFacts extends PartnerCenterFacts {
  readonly id: string
  readonly marketplace: string
  readonly wanted: { readonly production: ConnectionWanted | undefined; readonly test: ConnectionWanted | undefined }
  readonly atConnect: Asked<{ readonly found: boolean; readonly status: string; readonly visible: boolean }>
  readonly listing: Asked<'listed' | 'unlisted' | 'none'>
  readonly connections: Asked<readonly ConnectionSeen[]>
  /** Items of the plan map, and what Connect has. */
  readonly items: Asked<{ readonly sellable: readonly string[]; readonly known: readonly string[] }>
  readonly mappedItems: readonly string[]
  /** What the form has to ask of the buyer and cannot, and what the operator has not answered for the reseller. */
  readonly ordering: Asked<{ readonly unanswerable: readonly string[]; readonly resellerMissing: readonly string[] }>
  readonly reseller: Asked<{ readonly found: boolean; readonly open: readonly string[]; readonly failed: readonly string[] }>
  readonly connectWebhook: { readonly state: string; readonly told: string | undefined } | undefined
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

export interface ConnectionWanted {
  readonly connection: string
  readonly hub: string
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
  PRODUCT_VISIBLE: {
    step: 2,
    about: 'Connect shows the product to this account, published and not at its end of sale.',
    judge: ({ id, atConnect }) =>
      ifAnswered(atConnect, ({ found, visible, status }) => {
        if (!found)
          return failed(
            `Connect does not show ${id} to this account.`,
            'Check the id, and that the vendor has listed the product for the distributor.',
          )
        if (status === 'endofsale') return failed(`${id} has reached its end of sale.`, 'Take its offer off the marketplace.')
        if (status !== 'published') return failed(`${id} is not published (${status}).`, 'Ask the vendor to publish a version of it.')
        return visible
          ? passed(`Connect shows ${id}, published.`)
          : failed(`${id} is not visible for sale to this account.`, 'Ask the vendor for a listing or a syndication.')
      }),
  },
  PRODUCT_LISTED: {
    step: 2,
    about: 'The product is listed on its marketplace, so that orders are accepted.',
    judge: ({ id, marketplace, listing }) =>
      ifAnswered(listing, (state) =>
        state === 'listed'
          ? passed(`${id} is listed on ${marketplace}.`)
          : failed(
              `${id} is not listed on ${marketplace}${state === 'none' ? ': there is no listing' : ''}. Connect may refuse orders, test purchases too.`,
              'Complete its listing request in Connect, or correct the marketplace of the product.',
            ),
      ),
  },
  CONNECTIONS: {
    step: 2,
    about: 'Connect has the connections of the product for production and for test, on the hubs that are set up.',
    judge: ({ wanted, connections }) =>
      ifAnswered(connections, (seen) => {
        const faults = (['production', 'test'] as const).flatMap((type) => connectionFault(type, wanted[type], seen))
        if (faults.length > 0)
          return failed(faults.join(' '), '`bridge connect places TENANT` lists hubs and connections; correct the product’s connections.')
        if (!wanted.test)
          return warning(
            'There is no test connection: preview and test purchases wait for an operator.',
            'Give the product a test connection, on a hub of its own.',
          )
        if (!wanted.production)
          return warning(
            'There is no production connection: real purchases wait for an operator.',
            'Give the product a production connection before it goes live.',
          )
        return passed('The connections for production and test are there.')
      }),
  },
  ITEMS: {
    step: 2,
    about: 'Every item of the plan map can be sold.',
    judge: ({ mappedItems, items }) =>
      ifAnswered(items, ({ sellable, known }) => {
        const gone = mappedItems.filter((id) => !known.includes(id))
        if (gone.length > 0) return failed(`Connect does not know ${listed(gone)}.`, 'Correct the items of the plans.')
        const ended = mappedItems.filter((id) => !sellable.includes(id))
        const unmapped = sellable.filter((id) => !mappedItems.includes(id))
        const beside = unmapped.length === 0 ? '' : ` Left out of every plan: ${listed(unmapped)}.`
        return ended.length === 0
          ? passed(`Every item of the plan map can be sold.${beside}`)
          : failed(`${listed(ended)} can no longer be sold.`, 'Map the plans to items that can, or stop selling them at Microsoft.')
      }),
  },
  ORDERING_PARAMETERS: {
    step: 2,
    about: 'Every question the vendor needs answered can be asked of the buyer, or is answered for the reseller.',
    judge: ({ ordering }) =>
      ifAnswered(ordering, ({ unanswerable, resellerMissing }) => {
        if (unanswerable.length > 0) {
          return failed(
            `The order form cannot ask for ${listed(unanswerable)}, which the vendor requires.`,
            'Ask the vendor for a parameter of a known type, or for one that is not required.',
          )
        }
        return resellerMissing.length === 0
          ? passed('Every question the vendor needs answered can be answered.')
          : failed(
              `Not answered for the reseller: ${listed(resellerMissing)}.`,
              'Answer them once, under `tier1.parameters` of the product.',
            )
      }),
  },
  RESELLER: {
    step: 2,
    about: 'The reseller above every customer is known to Connect and set up with the vendor.',
    judge: ({ reseller }) =>
      ifAnswered(reseller, ({ found, open, failed: refused }) => {
        if (!found)
          return failed(
            'Connect does not know the reseller of this product.',
            'Correct `tier1.id`, or give the reseller’s data as `tier1.account`.',
          )
        if (open.length > 0)
          return warning(
            `The vendor has not set the reseller up yet (${listed(open)}): orders wait for it.`,
            'Ask the vendor to approve it in Connect.',
          )
        return refused.length === 0
          ? passed('The reseller is known, and nothing of its set-up is open.')
          : failed(
              `The vendor has refused to set the reseller up (${listed(refused)}).`,
              'Ask the vendor why; the request in Connect has the reason.',
            )
      }),
  },
  CONNECT_WEBHOOK: {
    step: 2,
    about: 'Connect calls us when something changes.',
    judge: ({ connectWebhook: webhook }) => {
      if (!webhook) return skipped('The webhook at Connect has not been looked at yet: the service does it when it runs.')
      return webhook.state === 'registered'
        ? passed('Connect calls us when something changes.')
        : warning(
            `Connect is only read, not heard (${webhook.state}${webhook.told === undefined ? '' : `: ${webhook.told}`}).`,
            'Orders take a little longer to be seen. Grant the token the module Webhooks, and make PUBLIC_URL a public address.',
          )
    },
  },
  OFFER_MAPPED: {
    step: 3,
    about: 'The product has an offer with plans, and every plan is made of items.',
    judge: ({ id, offers }) => {
      if (offers.length === 0)
        return failed(`${id} has no offer: nothing of it can be bought.`, 'Add an offer with its plans to the product.')
      const empty = offers.filter(({ plans }) => plans.length === 0).map((offer) => offer.id)
      return empty.length === 0
        ? passed(
            `${offers.map((offer) => `${offer.id} with ${offer.plans.length} ${offer.plans.length === 1 ? 'plan' : 'plans'}`).join(', ')}.`,
          )
        : failed(`${listed(empty)} has no plan.`, 'Map each plan of the offer to items.')
    },
  },
  ...partnerCenterChecks,
  PLAN_PARITY: {
    step: 3,
    about: 'The plans of the plan map and those Microsoft offers are the same.',
    judge: ({ offers, atMicrosoft }) =>
      ifAnswered(atMicrosoft, (seen) => {
        const unmapped = differences(seen, offers)
        if (unmapped.length > 0)
          return failed(
            `Microsoft offers what is not mapped: ${listed(unmapped)}. Who buys it waits for an operator.`,
            'Add the plans to the plan map, or stop selling them in Partner Center.',
          )
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
        ? warning('A preview purchase is under way.', 'Follow it with `bridge subscription list`.')
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

function connectionFault(
  type: 'production' | 'test',
  wanted: ConnectionWanted | undefined,
  seen: readonly ConnectionSeen[],
): readonly string[] {
  if (!wanted) return []
  const found = seen.find(({ id }) => id === wanted.connection)
  if (!found) return [`Connect has no connection ${wanted.connection} of this product (${type}).`]
  if (found.type !== type) return [`${wanted.connection} is a connection for ${found.type}, not for ${type}.`]
  if (['rejected', 'revoked'].includes(found.status)) return [`${wanted.connection} is ${found.status}.`]
  return found.hub !== undefined && found.hub !== wanted.hub ? [`${wanted.connection} is on ${found.hub}, not on ${wanted.hub}.`] : []
}
