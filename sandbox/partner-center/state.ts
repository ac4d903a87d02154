/** Partner Center's memory. Everything in it is replaced, never changed in place. */
import { defaultOptions, type PartnerCenterOptions } from './options.ts'
import type { PrivateOffer } from './private-offers/types.ts'
import type { Job, Product, Resource, Submission, Tree } from './types.ts'

/** A submission that is not decided yet, with what it would publish. */
export interface Underway {
  readonly submission: Submission
  readonly content: Tree
  readonly jobId: string
}

export interface State {
  options: PartnerCenterOptions
  /** By guid. */
  readonly products: Map<string, Product>
  readonly jobs: Map<string, Job>
  /** How to call off what jobs still have before them. */
  readonly calls: Map<string, () => void>
  /** Submissions under way, by product. */
  readonly underway: Map<string, Underway>
  readonly privateOffers: Map<string, PrivateOffer>
  /** Prices made for private offers. */
  readonly privatePrices: Map<string, Resource>
  /** Links to files change with every read. */
  reads: number
  /** Goes on over a reset, so that numbers are never given twice. */
  submissions: number
}

export const createState = (): State => ({
  options: defaultOptions,
  products: new Map(),
  jobs: new Map(),
  calls: new Map(),
  underway: new Map(),
  privateOffers: new Map(),
  privatePrices: new Map(),
  reads: 0,
  submissions: 0,
})

export function clearState(state: State): void {
  state.options = defaultOptions
  for (const map of [state.products, state.jobs, state.calls, state.underway, state.privateOffers, state.privatePrices]) map.clear()
}

export function updateProduct(state: State, guid: string, change: Partial<Product>): Product {
  const before = state.products.get(guid)
  if (!before) throw new RangeError(`no product ${guid}`)
  const after = { ...before, ...change }
  state.products.set(guid, after)
  return after
}

export function updateJob(state: State, id: string, change: Partial<Job>): Job {
  const before = state.jobs.get(id)
  if (!before) throw new RangeError(`no job ${id}`)
  const after = { ...before, ...change }
  state.jobs.set(id, after)
  return after
}

/** Puts a submission in place of the one with its number and target, or at the end. */
export function putSubmission(state: State, guid: string, submission: Submission): void {
  const { submissions = [] } = state.products.get(guid) ?? {}
  const isSame = (other: Submission): boolean => other.number === submission.number && other.target === submission.target
  const kept = submissions.some(isSame) ? submissions.map((other) => (isSame(other) ? submission : other)) : [...submissions, submission]
  updateProduct(state, guid, { submissions: kept })
}

/** The one that is not completed, if any. */
export const runningSubmission = ({ submissions }: Product): Submission | undefined =>
  submissions.find(({ status }) => status !== 'completed')

export const latestPreview = ({ submissions }: Product): Submission | undefined =>
  submissions.findLast(({ target }) => target === 'preview')

export const productByOfferId = (state: State, offerId: string): Product | undefined =>
  [...state.products.values()].find((product) => offerIdOf(product) === offerId)

/** The publisher's own id of the offer. */
export function offerIdOf({ guid, draft }: Product): string {
  const identity = draft.get(`product/${guid}`)?.body['identity']
  return typeof identity === 'object' && identity !== null && 'externalId' in identity ? String(identity.externalId) : ''
}
