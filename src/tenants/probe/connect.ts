/** Connect's token: whose it is, what it may do, what it sees. */
import { type ConnectClient, type ConnectGrant, type ConnectModule, isVisibleToDistributor } from '../../connect/index.ts'
import { good, type ProbeOutcome, unfit } from './outcome.ts'

/** Without these nothing can be ordered or followed. */
const NEEDED: readonly ConnectModule[] = ['Products', 'Subscriptions', 'Fulfillment requests']

/** What each of the others is for: told when it is not granted. */
const USES: Readonly<Record<Exclude<ConnectModule, 'Products' | 'Subscriptions' | 'Fulfillment requests'>, string>> = {
  Listings: 'listings and listing requests are not seen',
  Marketplaces: 'marketplaces cannot be chosen from a list',
  Hubs: 'hubs cannot be chosen from a list',
  Customers: 'the reseller cannot be looked up',
  'Tier configurations': 'whether the reseller is set up at the vendor is not seen',
  Usage: 'no usage is billed',
  Billing: 'no billing requests are made for new terms',
  Webhooks: 'Connect is only read, not heard',
}

/** @param tokenId `SU-…`, the first part of the token. @throws ApiError when Connect does not accept it, or does not answer */
export async function probeConnect(connect: ConnectClient, tokenId: string, signal?: AbortSignal): Promise<ProbeOutcome> {
  const { accountId, accountName, role } = await connect.context(signal)
  const account = accountName === undefined ? accountId : `${accountId} (${accountName})`
  if (role === 'vendor') {
    return unfit(
      `The token is of the vendor's account ${account}. The bridge acts as the distributor: make a token in the account that begins with PA-.`,
    )
  }
  const grants = await connect.grants(signal)
  const may = (module: ConnectModule) => grants.some((grant) => grant.module === module && grant.granted)
  const lacking = NEEDED.filter((module) => !may(module))
  if (lacking.length > 0) {
    return unfit(`The token of ${account} is not granted ${lacking.join(', ')}. Grant it in Connect under Integrations, Tokens.`)
  }
  const facts = {
    account,
    kind: role === 'provider' ? 'distributor' : 'unknown',
    granted: grantedOf(grants),
    ...(await seenBy(connect, may, signal)),
  }
  return good(facts, notesOf(grants), await connect.tokenEnd(tokenId, signal))
}

const grantedOf = (grants: readonly ConnectGrant[]): readonly string[] =>
  grants.filter(({ granted }) => granted).map(({ module }) => module)

const notesOf = (grants: readonly ConnectGrant[]): readonly string[] =>
  grants.flatMap(({ module, granted }) => {
    const use = granted ? undefined : Object.entries(USES).find(([name]) => name === module)?.[1]
    return use === undefined ? [] : [`${module} is not granted: ${use}.`]
  })

/** The places it sees; what it is not granted is left out. */
async function seenBy(connect: ConnectClient, may: (module: ConnectModule) => boolean, signal: AbortSignal | undefined) {
  const named = (all: readonly { readonly id: string; readonly name: string }[]) => all.map(({ id, name }) => `${id} (${name})`)
  const products = (await connect.products.list(signal)).filter(isVisibleToDistributor)
  return {
    products: products.map(({ id, name }) => `${id} (${name})`),
    ...(may('Marketplaces') ? { marketplaces: named(await connect.marketplaces.list(signal)) } : {}),
    ...(may('Hubs') ? { hubs: named(await connect.hubs.list(signal)) } : {}),
  }
}
