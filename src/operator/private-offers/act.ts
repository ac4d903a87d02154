/** Making, publishing and withdrawing private offers: judged, told, and asked of Partner Center once. */
import {
  askForPrivateOffer,
  blocksDraft,
  checkDays,
  dayOf,
  judgeDraft,
  liveResource,
  type PrivateOffer,
  type PrivateOfferAction,
  type PrivateOfferDeps,
  type PrivateOfferDraft,
  type PrivateOfferProblem,
  plansOf,
  privateOfferProblems,
  sayDraftProblem,
  whyNot,
  withdrawnResource,
} from '../../catalogue/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { IngestionResource } from '../../microsoft/index.ts'
import { type Done, type NotPossible, notPossible, type OperatorAction, type Possible, refusedAs } from '../actions/action.ts'
import { nameOf, type Operator } from '../operator.ts'
import { type TheOffer, thePrivateOffer } from './find.ts'

interface By {
  readonly operator: Operator
  readonly note?: string | undefined
}

/** A yes with what it sends, or a no. */
type Judgment = NotPossible | (Possible & { readonly resources: readonly IngestionResource[]; readonly about: About })
type About = Pick<PrivateOfferAction, 'kind' | 'name' | 'privateOfferId' | 'withTerms'>

/** A draft nobody but the publisher sees. */
export const createPrivateOffer = (deps: PrivateOfferDeps, tenantId: TenantId, draft: PrivateOfferDraft, by: By): OperatorAction =>
  asked(deps, tenantId, by, async () => {
    const ingestion = await deps.ingestionFor(tenantId)
    const { problems, resources } = await judgeDraft(ingestion, draft, dayOf(deps.clock.now()))
    if (problems.some(blocksDraft)) return withProblems(problems)
    const about = { kind: 'create', name: draft.name, privateOfferId: undefined, withTerms: draft.termsDocument !== undefined } as const
    return { possible: true, effect: [...effectOfDraft(draft), ...problems.map(sayWhole)], resources, about }
  })

/** @param termsDocument given again where it was given before: Microsoft does not read it back */
export const publishPrivateOffer = (
  deps: PrivateOfferDeps,
  tenantId: TenantId,
  idOrName: string,
  termsDocument: string | undefined,
  by: By,
): OperatorAction =>
  asked(deps, tenantId, by, async () => {
    const found = await thePrivateOffer(deps, tenantId, idOrName)
    const no = refusal(found, 'publish')
    if (no || !found.shown) return no ?? NOT_SHOWN
    const { offer, resource } = found.shown
    const withTerms = found.actions.some((action) => action.withTerms)
    if (withTerms && termsDocument === undefined) return TERMS_NEEDED
    const problems = problemsToday(offer, dayOf(deps.clock.now()))
    if (problems.some(blocksDraft)) return withProblems(problems)
    const about = { kind: 'publish', name: offer.name, privateOfferId: offer.id, withTerms: termsDocument !== undefined } as const
    return { possible: true, effect: effectOfPublishing(offer), resources: [liveResource(resource, termsDocument)], about }
  })

export const withdrawPrivateOffer = (deps: PrivateOfferDeps, tenantId: TenantId, idOrName: string, by: By): OperatorAction =>
  asked(deps, tenantId, by, async () => {
    const found = await thePrivateOffer(deps, tenantId, idOrName)
    const no = refusal(found, 'withdraw')
    if (no || !found.shown) return no ?? NOT_SHOWN
    const { offer, resource } = found.shown
    return {
      possible: true,
      effect: [`The private offer “${offer.name}” is withdrawn: its acceptance link stops working. It can be published again.`],
      resources: [withdrawnResource(resource)],
      about: { kind: 'withdraw', name: offer.name, privateOfferId: offer.id, withTerms: false },
    }
  })

/** Judged for the preview, and anew before it is sent. */
function asked(deps: PrivateOfferDeps, tenantId: TenantId, { operator, note }: By, judge: () => Promise<Judgment>): OperatorAction {
  return {
    async preview() {
      const judged = await judge()
      return judged.possible ? { possible: true, effect: judged.effect } : judged
    },
    async carryOut() {
      const judged = await judge()
      if (!judged.possible) return refusedAs(judged)
      const wanted = { ...judged.about, askedBy: nameOf(operator), note }
      return doneOf(await askForPrivateOffer(deps, tenantId, wanted, judged.resources), judged.about)
    },
  }
}

function doneOf(action: PrivateOfferAction | undefined, { name }: About): Done {
  switch (action?.outcome) {
    case 'done':
      return { outcome: 'done', said: [`${DONE[action.kind]} Its id is ${action.privateOfferId}.`] }
    case 'failed':
    case 'unclear':
      return refusedAs(notPossible('PARTNER_CENTER_REFUSED', `Partner Center did not take “${name}”.`, action.said))
    case undefined:
      return action
        ? {
            outcome: 'asked',
            said: ['Partner Center works on it: minutes as a rule, 20 at most. `bridge private-offer show` tells how it went.'],
          }
        : { outcome: 'underWay', said: [`Something is under way for “${name}” already. \`bridge private-offer show\` tells what.`] }
  }
}

const DONE = {
  create: 'The draft is made.',
  publish: 'It is live. `bridge private-offer link` gives the link for the customer: Microsoft does not mail it.',
  withdraw: 'It is withdrawn.',
} as const

function refusal({ shown, actions }: TheOffer, step: 'publish' | 'withdraw'): NotPossible | undefined {
  const [open] = actions.filter(({ outcome }) => outcome === undefined)
  if (open)
    return notPossible('UNDER_WAY', `Partner Center is still at work on it (${open.kind}, asked by ${open.askedBy}).`, [
      'Look again later.',
    ])
  if (!shown) return NOT_SHOWN
  if (step === 'publish' && shown.offer.type !== undefined && shown.offer.type !== 'customerPromotion') return OTHER_TYPE
  const because = whyNot(shown.status, step)
  return because === undefined ? undefined : notPossible('WRONG_STATE', because)
}

const NOT_SHOWN = notPossible('NOT_SHOWN', 'Microsoft does not show it.', ['What was just made is shown within 15 minutes.'])
const OTHER_TYPE = notPossible('OTHER_TYPE', 'It is an offer to or with partners: the bridge publishes offers to customers only.', [
  'Publish it in Partner Center.',
])
const TERMS_NEEDED = notPossible(
  'TERMS_NEEDED',
  'It was made with terms of its own, which Microsoft does not read back: they would be lost.',
  ['Give the address again: --terms ADDRESS'],
)

const problemsToday = ({ start, end, acceptBy }: PrivateOffer, today: string): readonly PrivateOfferProblem[] =>
  end === undefined || acceptBy === undefined ? [] : checkDays({ start, end, acceptBy }, today)

const effectOfPublishing = ({ name, acceptBy, end, beneficiaries }: PrivateOffer): readonly string[] => [
  `The private offer “${name}” goes live. ${beneficiaries.map(({ id, description }) => description ?? id).join(', ')} can accept it until ${acceptBy}; it ends on ${end}.`,
  'While it is live nothing of it can be changed: it has to be withdrawn first.',
  'Once the customer has accepted it, it is locked: only a support ticket at Microsoft ends it.',
]

const effectOfDraft = (draft: PrivateOfferDraft): readonly string[] => [
  `A draft “${draft.name}” is made for ${draft.customer ?? draft.billingAccount}. Nobody but the publisher sees it until it is published.`,
  `${plansOf(draft)
    .map(({ offerId, planId }) => `${offerId}/${planId}`)
    .join(', ')}: ${sayPricing(draft)}`,
  `It starts ${draft.start === undefined ? 'when the customer accepts' : `on ${draft.start}`}, ends on ${draft.end}, and can be accepted until ${draft.acceptBy}.`,
]

function sayPricing({ pricing }: PrivateOfferDraft): string {
  if (pricing.kind === 'discount') return `${pricing.percentage} % off the list price.`
  const prices = [...pricing.terms, ...pricing.meters].map(({ of, price }) => `${of} at ${price} USD a payment or unit`)
  return `${pricing.kind === 'newPlan' ? `a plan of its own, “${pricing.name}”, under an id Microsoft gives it: ` : ''}${prices.join(', ')}.`
}

const sayWhole = (problem: PrivateOfferProblem): string => `${sayDraftProblem(problem)} ${privateOfferProblems[problem.code].todo}`

const withProblems = (problems: readonly PrivateOfferProblem[]): NotPossible =>
  notPossible(
    'PRIVATE_OFFER_PROBLEMS',
    'It cannot be sent as it is:',
    problems.filter(blocksDraft).map((one) => `${sayWhole(one)} (${one.code})`),
  )
