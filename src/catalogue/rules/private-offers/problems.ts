/** What may be wrong with a private offer before Microsoft sees it. Sources: facts on private offers, the published schema of the resource. */

export interface PrivateOfferProblemEntry {
  /** `blocks`: it is not sent. `warns`: Microsoft may refuse it. */
  readonly severity: 'blocks' | 'warns'
  /** `{name}` stands for one of the problem's facts. */
  readonly sentence: string
  readonly todo: string
}

const entries = {
  NAME_INVALID: {
    severity: 'blocks',
    sentence: 'The name has 1 to 128 characters and none of ! < > ^ [ ] @ # % /.',
    todo: 'Choose another name.',
  },
  NAME_TAKEN: {
    severity: 'blocks',
    sentence: 'A private offer of this name exists already ({id}).',
    todo: 'Choose another name: the bridge tells private offers apart by it when an answer of Microsoft is lost.',
  },
  BILLING_ACCOUNT_INVALID: {
    severity: 'blocks',
    sentence: '“{id}” is no billing account.',
    todo: 'Ask the customer for the id of the billing account (Azure portal, Cost Management + Billing, Properties). It is not the tenant id.',
  },
  DAY_INVALID: { severity: 'blocks', sentence: 'The {what} “{day}” is no day.', todo: 'Write it as 2027-06-30.' },
  ACCEPT_BY_PAST: { severity: 'blocks', sentence: 'It was to be accepted by {day}, which is past.', todo: 'Choose a later day.' },
  END_PAST: { severity: 'blocks', sentence: 'It ends on {day}, which is past.', todo: 'Choose a later day.' },
  START_NOT_FIRST: {
    severity: 'blocks',
    sentence: 'It starts on {day}; Microsoft starts private offers on the first day of a month.',
    todo: 'Choose the first of a month, or leave the start out: it then starts when the customer accepts.',
  },
  END_NOT_LAST: {
    severity: 'blocks',
    sentence: 'It ends on {day}; Microsoft ends private offers on the last day of a month.',
    todo: 'Choose the last day of a month.',
  },
  END_NOT_LAST_VARIABLE: {
    severity: 'warns',
    sentence: 'It ends on {day}, in the middle of a month; Microsoft may refuse that.',
    todo: 'Choose the last day of a month to be sure.',
  },
  END_BEFORE_START: { severity: 'blocks', sentence: 'It ends on {end}, before it starts ({start}).', todo: 'Correct one of the two.' },
  ACCEPT_AFTER_START: {
    severity: 'blocks',
    sentence: 'It may be accepted until {acceptBy}, after it starts ({start}).',
    todo: 'Let it be accepted before it starts, or leave the start out.',
  },
  ACCEPT_AFTER_END: {
    severity: 'blocks',
    sentence: 'It may be accepted until {acceptBy}, after it ends ({end}).',
    todo: 'Correct one of the two.',
  },
  NOTES_LONG: { severity: 'blocks', sentence: 'The notes have {count} characters; Microsoft allows 60.', todo: 'Shorten them.' },
  CONTACTS_TOO_MANY: { severity: 'blocks', sentence: '{count} contacts are given; Microsoft allows 5.', todo: 'Leave some out.' },
  MAIL_INVALID: { severity: 'blocks', sentence: '“{mail}” is no mail address.', todo: 'Correct it.' },
  TERMS_ADDRESS_INVALID: {
    severity: 'blocks',
    sentence: 'The address of the terms is not one that begins with https://.',
    todo: 'Give an address from which Microsoft can fetch the PDF.',
  },
  PLANS_MISSING: { severity: 'blocks', sentence: 'No plan is named.', todo: 'Name at least one as OFFER/PLAN.' },
  PLANS_TOO_MANY: {
    severity: 'blocks',
    sentence: '{count} plans are named; Microsoft allows 10 in a private offer.',
    todo: 'Make a second private offer.',
  },
  PLAN_TWICE: { severity: 'blocks', sentence: 'The plan {plan} is named more than once.', todo: 'Name it once.' },
  DISCOUNT_OUT_OF_RANGE: {
    severity: 'blocks',
    sentence: 'A discount of {percentage} % is not possible: Microsoft takes 0.01 to 100.',
    todo: 'Correct it.',
  },
  DISCOUNT_ON_SAAS: {
    severity: 'warns',
    sentence:
      'One of Microsoft’s guides takes percentages for virtual machines and Azure apps only; its reference takes them for SaaS too.',
    todo: 'If Partner Center refuses it, give own prices instead of a percentage.',
  },
  PRICES_MISSING: {
    severity: 'blocks',
    sentence: 'Neither a discount nor a price is given.',
    todo: 'Give a percentage, or the price of a term.',
  },
  PRICE_TWICE: { severity: 'blocks', sentence: 'The price of {of} is given more than once.', todo: 'Give it once.' },
  NEW_PLAN_TEXTS: {
    severity: 'blocks',
    sentence: 'A plan of its own needs a name (up to 200 characters) and a description (up to 3000).',
    todo: 'Give both.',
  },
  OFFER_UNKNOWN: {
    severity: 'blocks',
    sentence: 'Partner Center knows no offer {offer} in this account.',
    todo: 'Check the id of the offer.',
  },
  OFFER_NOT_LIVE: {
    severity: 'blocks',
    sentence: 'The offer {offer} was never published live; private offers are made from what is sold.',
    todo: 'Publish it first.',
  },
  PLAN_NOT_LIVE: { severity: 'blocks', sentence: 'The plan {plan} is not sold at Microsoft.', todo: 'Choose a plan that is live.' },
  PLAN_WITH_TRIAL: {
    severity: 'blocks',
    sentence: 'The plan {plan} has a free trial: Microsoft takes no own price for it.',
    todo: 'Give a percentage, or make a plan of its own from it.',
  },
  TERM_NOT_SOLD: {
    severity: 'blocks',
    sentence: 'The plan {plan} is not sold for {of}; it is sold for {sold}.',
    todo: 'Name one of its terms.',
  },
  METER_NOT_SOLD: {
    severity: 'blocks',
    sentence: 'The plan {plan} does not meter “{of}”; it meters {sold}.',
    todo: 'Name one of its dimensions.',
  },
  MARKET_PRICES_KEPT: {
    severity: 'blocks',
    sentence: 'The plan {plan} has prices per market: an own price in US dollars has to be given for each term and each dimension.',
    todo: 'Give the missing prices ({missing}), or a percentage.',
  },
} as const satisfies Readonly<Record<string, PrivateOfferProblemEntry>>

export type PrivateOfferProblemCode = keyof typeof entries
export const privateOfferProblems: Readonly<Record<PrivateOfferProblemCode, PrivateOfferProblemEntry>> = entries

export interface PrivateOfferProblem {
  readonly code: PrivateOfferProblemCode
  readonly facts: Readonly<Record<string, string>>
}

export const draftProblem = (code: PrivateOfferProblemCode, facts: PrivateOfferProblem['facts'] = {}): PrivateOfferProblem => ({
  code,
  facts,
})

export const sayDraftProblem = ({ code, facts }: PrivateOfferProblem): string =>
  privateOfferProblems[code].sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)

export const blocksDraft = ({ code }: PrivateOfferProblem): boolean => privateOfferProblems[code].severity === 'blocks'
