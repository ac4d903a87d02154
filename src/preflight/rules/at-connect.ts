/** A product at Connect: may it be sold, with what, to whom, and would an order be taken? */
import { type Asked, defineChecks, type Finding, failed, ifAnswered, listed, passed, skipped, warning } from './check.ts'
import { ordersFinding, type TriedOrders } from './test-order.ts'

export interface ConnectionSeen {
  readonly id: string
  readonly type: string
  readonly status: string
  readonly hub: string | undefined
}

export interface ConnectionWanted {
  readonly connection: string
  readonly hub: string
}

export type Environment = 'production' | 'test'

/** An item as the plan map or as Connect has it. */
export interface ItemSeen {
  readonly id: string
  readonly kind: 'reservation' | 'payAsYouGo' | 'unknown'
}

export interface AtConnectFacts {
  readonly id: string
  readonly marketplace: string
  readonly wanted: Readonly<Record<Environment, ConnectionWanted | undefined>>
  readonly atConnect: Asked<{ readonly found: boolean; readonly status: string; readonly visible: boolean }>
  readonly listing: Asked<'listed' | 'unlisted' | 'none'>
  readonly connections: Asked<readonly ConnectionSeen[]>
  readonly items: Asked<{ readonly sellable: readonly string[]; readonly known: readonly ItemSeen[] }>
  readonly mappedItems: readonly ItemSeen[]
  /** What the form has to ask of the buyer and cannot, and what the operator has not answered for the reseller. */
  readonly ordering: Asked<{ readonly unanswerable: readonly string[]; readonly resellerMissing: readonly string[] }>
  readonly reseller: Asked<ResellerSeen>
  readonly connectWebhook: { readonly state: string; readonly told: string | undefined } | undefined
  readonly testOrders: Asked<TriedOrders>
}

/** The account every order names as the reseller, and the requests to set it up with the vendor (TCR-…). */
export interface ResellerSeen {
  readonly found: boolean
  readonly open: readonly string[]
  readonly failed: readonly string[]
  /** The vendor wants resellers set up, and has not for these connections: the first order there asks for it. */
  readonly notSetUp: readonly Environment[]
}

export const atConnectChecks = defineChecks<AtConnectFacts>()({
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
              '`bridge listing list TENANT` shows its listing request; `bridge product edit TENANT PRODUCT --marketplace MP-…` corrects the marketplace.',
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
          return failed(
            faults.join(' '),
            '`bridge connect places TENANT` lists hubs and connections; `bridge product edit TENANT PRODUCT --production CT-… --test CT-…` changes them.',
          )
        if (!wanted.test)
          return warning(
            'There is no test connection: preview and test purchases wait for an operator.',
            'Make one in Connect, on a hub of its own; then `bridge product edit TENANT PRODUCT --test CT-…`.',
          )
        if (!wanted.production)
          return warning(
            'There is no production connection: real purchases wait for an operator.',
            'Make one in Connect before it goes live; then `bridge product edit TENANT PRODUCT --production CT-…`.',
          )
        return passed('The connections for production and test are there.')
      }),
  },
  ITEMS: {
    step: 2,
    about: 'Every item of the plan map can be sold, and is of the kind the plan map says: seats, or Pay-as-you-go.',
    judge: ({ mappedItems, items }) => ifAnswered(items, (atConnect) => itemsFinding(mappedItems, atConnect)),
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
              'Answer them once, under `tier1.parameters` of the product in the set-up file, and apply it: docs/setup-file.md.',
            )
      }),
  },
  RESELLER: {
    step: 2,
    about:
      'The reseller above every customer is known to Connect, and set up with the vendor for production and test where the vendor wants that.',
    judge: ({ reseller }) => ifAnswered(reseller, resellerFinding),
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
  TEST_ORDER: {
    step: 2,
    about:
      'Connect would take a test order of each plan: a draft of it is made on the test connection, which no vendor sees and Connect throws away.',
    judge: ({ testOrders, marketplace }) => ifAnswered(testOrders, (orders) => ordersFinding(orders, marketplace)),
  },
})

function itemsFinding(
  mapped: readonly ItemSeen[],
  { sellable, known }: { readonly sellable: readonly string[]; readonly known: readonly ItemSeen[] },
): Finding {
  const ids = mapped.map(({ id }) => id)
  const of = (id: string) => known.find((one) => one.id === id)
  const gone = ids.filter((id) => !of(id))
  if (gone.length > 0) return failed(`Connect does not know ${listed(gone)}.`, CORRECT_ITEMS)
  const otherKind = mapped.filter(({ id, kind }) => of(id)?.kind !== kind && of(id)?.kind !== 'unknown')
  if (otherKind.length > 0) {
    const told = otherKind.map(({ id, kind }) => `${id} is ${KINDS[of(id)?.kind ?? 'unknown']}, and mapped as ${KINDS[kind]}`)
    return failed(`In Connect ${listed(told)}: orders would be refused, or usage billed to nobody.`, CORRECT_ITEMS)
  }
  const ended = ids.filter((id) => !sellable.includes(id))
  if (ended.length > 0)
    return failed(`${listed(ended)} can no longer be sold.`, 'Map the plans to items that can, or stop selling them at Microsoft.')
  const unmapped = sellable.filter((id) => !ids.includes(id))
  return passed(`Every item of the plan map can be sold.${unmapped.length === 0 ? '' : ` Left out of every plan: ${listed(unmapped)}.`}`)
}

const CORRECT_ITEMS = 'Correct the items of the plans in the set-up file, and apply it; `bridge tenant show TENANT` shows the plan map.'
const KINDS: Readonly<Record<ItemSeen['kind'], string>> = {
  reservation: 'seats',
  payAsYouGo: 'Pay-as-you-go',
  unknown: 'of an unknown kind',
}

function resellerFinding({ found, open, failed: refused, notSetUp }: ResellerSeen): Finding {
  if (!found)
    return failed(
      'Connect does not know the reseller of this product.',
      'Name another with `bridge product edit TENANT PRODUCT --reseller TA-…`, or give its data as `tier1.account` in the set-up file.',
    )
  if (open.length > 0)
    return warning(
      `The vendor has not set the reseller up yet (${listed(open)}): orders wait for it.`,
      'Ask the vendor to approve it in Connect.',
    )
  if (refused.length > 0)
    return failed(
      `The vendor has refused to set the reseller up (${listed(refused)}).`,
      'Ask the vendor why; the request in Connect has the reason.',
    )
  return notSetUp.length === 0
    ? passed('The reseller is known, and nothing of its set-up is open.')
    : warning(
        `The vendor wants resellers set up, and has not set this one up for ${notSetUp.join(' and ')}: the first order there asks for it, and waits until it is.`,
        'Buy the preview early and ask the vendor to approve the set-up in Connect; tell the vendor that the first real purchase will ask once more.',
      )
}

function connectionFault(type: Environment, wanted: ConnectionWanted | undefined, seen: readonly ConnectionSeen[]): readonly string[] {
  if (!wanted) return []
  const found = seen.find(({ id }) => id === wanted.connection)
  if (!found) return [`Connect has no connection ${wanted.connection} of this product (${type}).`]
  if (found.type !== type) return [`${wanted.connection} is a connection for ${found.type}, not for ${type}.`]
  if (['rejected', 'revoked'].includes(found.status)) return [`${wanted.connection} is ${found.status}.`]
  return found.hub !== undefined && found.hub !== wanted.hub ? [`${wanted.connection} is on ${found.hub}, not on ${wanted.hub}.`] : []
}
