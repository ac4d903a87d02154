/** What came of trying a test order of each plan, in words. */
import { type Finding, failed, listed, passed, skipped, warning } from './check.ts'

export type OrderTried =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly code: string; readonly messages: readonly string[] }
  | { readonly outcome: 'invalid'; readonly errors: readonly string[] }
  | { readonly outcome: 'unvalidated'; readonly code: string }

export interface TriedOrders {
  /** Absent: there is none, and nothing was tried. */
  readonly connection: string | undefined
  readonly plans: readonly { readonly plan: string; readonly tried: OrderTried }[]
  /** Plans that were left out, because there are so many. */
  readonly untried: number
}

export function ordersFinding({ connection, plans, untried }: TriedOrders, marketplace: string): Finding {
  if (connection === undefined) return skipped('There is no test connection to try an order on.', 'Give the product one: see CONNECTIONS.')
  if (plans.length === 0) return skipped('There is no plan to try an order of.', 'Map a plan first: see OFFER_MAPPED.')
  for (const outcome of ['refused', 'invalid', 'unvalidated'] as const) {
    const bad = plans.filter(({ tried }) => tried.outcome === outcome)
    const [first] = bad
    if (first) return told(first.tried, listed(bad.map(({ plan }) => plan)), marketplace)
  }
  const all = plans.length === 1 ? (plans[0]?.plan ?? '') : `each of ${plans.length} plans`
  const rest = untried === 0 ? '' : ` ${untried} more were not tried.`
  return passed(`Connect takes a test order of ${all} (a draft on ${connection}, which Connect throws away).${rest}`)
}

/** The first reason stands for all: it is most often the same. */
function told(tried: OrderTried, plans: string, marketplace: string): Finding {
  switch (tried.outcome) {
    case 'accepted':
      return passed(`Connect takes a test order of ${plans}.`)
    case 'refused': {
      const { because, todo } = whyRefused(tried.code, marketplace)
      const said = tried.messages.length === 0 ? '' : ` Connect says: ${listed(tried.messages, 3)}`
      return failed(`Connect refuses a test order of ${plans}${because}.${said}`, todo)
    }
    case 'invalid':
      return failed(
        `The vendor’s validation refuses what is answered for the reseller (${plans}): ${listed(tried.errors, 3)}`,
        'Correct `tier1.parameters` of the product in the set-up file and apply it.',
      )
    case 'unvalidated':
      return warning(
        `Connect takes a test order of ${plans}, and the vendor’s validation does not answer (${tried.code}): until it does, orders go unvalidated.`,
        'Tell the vendor; what buyers type wrong is found only when the order is worked on.',
      )
  }
}

/** @param code as `RefusalCode` of the connect room says it */
function whyRefused(code: string, marketplace: string): { readonly because: string; readonly todo: string } {
  switch (code) {
    case 'notListed':
      return {
        because: `: it refuses orders while the product is not listed on ${marketplace}, and so those of the preview and of certification too`,
        todo: 'Have the vendor ask for a listing in Connect; then `bridge listing list TENANT` shows the request and what it waits for.',
      }
    case 'marketplaceRequired':
    case 'marketplaceUnknown':
      return {
        because: `: it does not take ${marketplace} as the marketplace`,
        todo: 'Choose another: `bridge connect places TENANT` lists them, `bridge product edit TENANT PRODUCT --marketplace MP-…` changes it.',
      }
    case 'connectionUnknown':
      return {
        because: ': it does not take the test connection',
        todo: 'Choose another: `bridge connect places TENANT` lists them, `bridge product edit TENANT PRODUCT --test CT-…` changes it.',
      }
    case 'notSold':
      return {
        because: ': the product is no longer sold',
        todo: 'Take its offer off the marketplace, or map it to a product that is sold.',
      }
    case 'buyerDataIncomplete':
      return {
        because: ': it wants other data of the customer or the reseller',
        todo: 'Correct `tier1` of the product where the reseller is named; what is said of the customer here is invented.',
      }
    default:
      return { because: '', todo: 'Correct what Connect says; a buyer’s order would be refused in the same words.' }
  }
}
