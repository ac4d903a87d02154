/** The offers as the publisher's Partner Center has them: what leads to us, what is not published yet, what blocks. */
import { type Asked, defineChecks, type Finding, failed, ifAnswered, listed, passed, warning } from './check.ts'
import { differences, dimensionDifferences, type OfferSeen } from './parity.ts'

export type OfferState = 'draft' | 'preview' | 'live'

export interface TechnicalConfiguration {
  readonly landingPage: string
  readonly webhook: string
  readonly directory: string
  readonly app: string
}

/** An offer in one of its states. */
export interface TreeSeen {
  readonly state: OfferState
  /** Absent: there is none in this state. */
  readonly technical: TechnicalConfiguration | undefined
  readonly plans: OfferSeen['plans']
  /** Where leads go, in Microsoft's word. */
  readonly leads: string | undefined
  /** What Microsoft says to resources of the draft. */
  readonly validations: readonly string[]
}

export interface OfferInPartnerCenter {
  readonly id: string
  /** False: the account has no such offer. */
  readonly found: boolean
  /** The draft first; states it never reached are absent. */
  readonly trees: readonly TreeSeen[]
  /** The newest step of publishing. */
  readonly submission: { readonly target: string; readonly state: 'running' | 'succeeded' | 'failed' | 'unknown' } | undefined
}

export interface PartnerCenterFacts {
  readonly offers: readonly OfferSeen[]
  readonly inPartnerCenter: Asked<readonly OfferInPartnerCenter[]>
  /** What the technical configuration has to say; directory and app are absent without a credential. */
  readonly ours: Omit<TechnicalConfiguration, 'directory' | 'app'> & Partial<Pick<TechnicalConfiguration, 'directory' | 'app'>>
}

const IN_WORDS: readonly (readonly [keyof TechnicalConfiguration, string])[] = [
  ['landingPage', 'landing page'],
  ['webhook', 'webhook'],
  ['directory', 'Entra tenant id'],
  ['app', 'Entra app id'],
]

const inTrees = (seen: readonly OfferInPartnerCenter[], tell: (tree: TreeSeen, offer: OfferInPartnerCenter) => readonly string[]) =>
  seen.flatMap((offer) => offer.trees.flatMap((tree) => tell(tree, offer)))

export const partnerCenterChecks = defineChecks<PartnerCenterFacts>()({
  OFFER_IN_ACCOUNT: {
    step: 3,
    about: 'The publisher’s account has the offers of the plan map.',
    judge: ({ inPartnerCenter }) =>
      ifAnswered(inPartnerCenter, (seen) => {
        const missing = seen.filter(({ found }) => !found).map(({ id }) => id)
        return missing.length === 0
          ? passed('Partner Center has every offer of the plan map.')
          : failed(
              `Partner Center has no offer ${listed(missing)} in this account.`,
              'Correct the offer id of the plan map, use the app of the right account, or create the offer.',
            )
      }),
  },
  TECHNICAL_CONFIGURATION: {
    step: 3,
    about:
      'The technical configuration of every offer, in draft, preview and live, names our landing page and webhook, and the Entra tenant and app of the microsoft credential.',
    judge: ({ inPartnerCenter, ours }) =>
      ifAnswered(inPartnerCenter, (seen) => {
        const wrong = inTrees(seen, ({ state, technical }, { id }) => {
          if (!technical) return [`The ${state} of ${id} has no technical configuration.`]
          return IN_WORDS.flatMap(([name, word]) => {
            const wanted = ours[name]
            if (wanted === undefined || same(technical[name], wanted)) return []
            return [`The ${state} of ${id} has ${technical[name] === '' ? 'no' : technical[name]} as its ${word}, not ${wanted}.`]
          })
        })
        return wrong.length === 0
          ? passed('The technical configuration names our addresses and our app.')
          : failed(
              wrong.slice(0, MOST_SENTENCES).join(' '),
              'Correct it in Partner Center under Technical configuration and publish it: with another app the marketplace refuses us, with another webhook we hear of nothing.',
            )
      }),
  },
  DRAFT_PARITY: {
    step: 3,
    about: 'Draft and preview of every offer hold the plans and dimensions of the plan map: what is published next can be sold.',
    judge: ({ offers, inPartnerCenter }) =>
      ifAnswered(inPartnerCenter, (seen) => {
        const said = inTrees(seen, ({ state, plans }, { id }) => {
          if (state === 'live') return []
          const here = [{ id, plans }]
          const mapped = offers.filter((offer) => offer.id === id)
          return [
            ...told(differences(here, mapped), (names) => `The ${state} has what is not mapped: ${names}.`),
            ...told(differences(mapped, here), (names) => `The ${state} lacks what is mapped: ${names}.`),
            ...told(dimensionDifferences(here, mapped), (names) => `The ${state} meters what no item is mapped to: ${names}.`),
            ...told(dimensionDifferences(mapped, here), (names) => `The ${state} does not meter what is mapped: ${names}.`),
          ]
        })
        return said.length === 0
          ? passed('Draft and preview hold the plans and dimensions of the plan map.')
          : warning(
              said.slice(0, MOST_SENTENCES).join(' '),
              'Make plan map and draft agree before the next publication: see `bridge offer plan TENANT OFFER`, or correct the draft.',
            )
      }),
  },
  SUBMISSIONS: {
    step: 3,
    about: 'Nothing blocks publishing: the last submission did not fail, none is under way, and Microsoft has nothing to say to the draft.',
    judge: ({ inPartnerCenter }) => ifAnswered(inPartnerCenter, submissions),
  },
})

const MOST_SENTENCES = 6

/** Ids and addresses: case and a slash at the end make no difference to Microsoft. */
const same = (a: string, b: string): boolean => a.toLowerCase().replace(/\/$/, '') === b.toLowerCase().replace(/\/$/, '')

const told = (names: readonly string[], tell: (names: string) => string): readonly string[] =>
  names.length === 0 ? [] : [tell(listed(names))]

function submissions(seen: readonly OfferInPartnerCenter[]): Finding {
  const of = (state: string) =>
    seen.flatMap((offer) => (offer.submission?.state === state ? [`${offer.id} to ${offer.submission.target}`] : []))
  const refused = of('failed')
  if (refused.length > 0) {
    return failed(
      `The last submission of ${listed(refused)} failed.`,
      'Partner Center says why under the offer’s Review and publish; correct the draft and publish again.',
    )
  }
  const validations = inTrees(seen, (tree, { id }) => tree.validations.map((text) => `${id}: ${text}`))
  if (validations.length > 0) {
    return warning(
      `Microsoft says to the draft: ${validations.slice(0, MOST_SENTENCES).join(' ')}`,
      'Give what is missing: until then the offer cannot be published.',
    )
  }
  const running = of('running')
  return running.length === 0
    ? passed('No submission blocks publishing.')
    : warning(
        `Under way: the submission of ${listed(running)}. Until it ends the draft may be locked.`,
        'Wait for Microsoft, which takes days for certification, or call it off in Partner Center.',
      )
}

/** By what the tree says, and against what the content kept here says. */
export function leadsFinding(seen: readonly OfferInPartnerCenter[], wanted: ReadonlyMap<string, string>): Finding {
  const now = seen.flatMap(({ id, trees }) => {
    const tree = trees.find(({ state }) => state === 'live') ?? trees.at(-1)
    return tree ? [{ id, leads: tree.leads }] : []
  })
  const undecided = now.filter(({ leads }) => leads === undefined).map(({ id }) => id)
  if (undecided.length > 0)
    return warning(
      `Nobody has said where the leads of ${listed(undecided)} go.`,
      'Say so in Partner Center under Offer setup, Customer leads.',
    )
  const other = now.flatMap(({ id, leads }) => {
    const kept = wanted.get(id)
    return kept === undefined || kept === leads ? [] : [`${id}: ${leads}, and ${kept} is wanted`]
  })
  return other.length === 0
    ? passed(`Leads go to ${listed(now.map(({ id, leads }) => `${leads} (${id})`))}.`)
    : warning(`Leads go elsewhere than the offer’s content says: ${listed(other)}.`, 'Publish the offer’s content, or correct its `leads`.')
}
