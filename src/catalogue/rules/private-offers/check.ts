/** What is wrong with a draft by itself: texts, days, people, plans and prices. Pure. */
import { isDay, isFirstOfMonth, isLastOfMonth } from './days.ts'
import { type Day, type DraftPricing, type PrivateOfferDraft, plansOf } from './draft.ts'
import { draftProblem, type PrivateOfferProblem, type PrivateOfferProblemCode } from './problems.ts'

const MAX = { name: 128, notes: 60, contacts: 5, plans: 10, planName: 200, planDescription: 3000 } as const
const NAME = /^[^!<>^[\]@#%/\p{Cc}]+$/u
/** Two GUIDs and a date; older agreements have a number. */
const BILLING_ACCOUNT = /^[\w:.-]{1,200}$/
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** @param today the day in UTC */
export const checkDraft = (draft: PrivateOfferDraft, today: Day): readonly PrivateOfferProblem[] => [
  ...checkTexts(draft),
  ...checkDays(draft, today),
  ...checkPlans(draft),
  ...checkPricing(draft.pricing),
]

/** The days alone, for one that was made earlier and is to be published now. */
export function checkDays(
  { start, end, acceptBy }: Pick<PrivateOfferDraft, 'start' | 'end' | 'acceptBy'>,
  today: Day,
): readonly PrivateOfferProblem[] {
  const given = Object.entries({ start, end, 'last day of acceptance': acceptBy })
  const unread = given.flatMap(([what, day]) => when(day !== undefined && !isDay(day), 'DAY_INVALID', { what, day: day ?? '' }))
  if (unread.length > 0) return unread
  return [
    ...when(acceptBy < today, 'ACCEPT_BY_PAST', { day: acceptBy }),
    ...when(end < today, 'END_PAST', { day: end }),
    ...when(acceptBy > end, 'ACCEPT_AFTER_END', { acceptBy, end }),
    ...(start === undefined
      ? when(!isLastOfMonth(end), 'END_NOT_LAST_VARIABLE', { day: end })
      : [
          ...when(!isFirstOfMonth(start), 'START_NOT_FIRST', { day: start }),
          ...when(!isLastOfMonth(end), 'END_NOT_LAST', { day: end }),
          ...when(end <= start, 'END_BEFORE_START', { start, end }),
          ...when(acceptBy > start, 'ACCEPT_AFTER_START', { acceptBy, start }),
        ]),
  ]
}

function checkTexts({
  name,
  billingAccount,
  notes = '',
  contacts,
  preparedBy,
  termsDocument,
}: PrivateOfferDraft): readonly PrivateOfferProblem[] {
  const mails = preparedBy === undefined ? contacts : [preparedBy, ...contacts]
  return [
    ...when(name.length > MAX.name || name.trim() === '' || !NAME.test(name), 'NAME_INVALID'),
    ...when(!BILLING_ACCOUNT.test(billingAccount), 'BILLING_ACCOUNT_INVALID', { id: billingAccount }),
    ...when(notes.length > MAX.notes, 'NOTES_LONG', { count: String(notes.length) }),
    ...when(contacts.length > MAX.contacts, 'CONTACTS_TOO_MANY', { count: String(contacts.length) }),
    ...mails.flatMap((mail) => when(!MAIL.test(mail), 'MAIL_INVALID', { mail })),
    ...when(termsDocument !== undefined && !isSafeAddress(termsDocument), 'TERMS_ADDRESS_INVALID'),
  ]
}

function checkPlans(draft: PrivateOfferDraft): readonly PrivateOfferProblem[] {
  const plans = plansOf(draft).map(({ offerId, planId }) => `${offerId}/${planId}`)
  return [
    ...when(plans.length === 0, 'PLANS_MISSING'),
    ...when(plans.length > MAX.plans, 'PLANS_TOO_MANY', { count: String(plans.length) }),
    ...twice(plans).flatMap((plan) => when(true, 'PLAN_TWICE', { plan })),
  ]
}

function checkPricing(pricing: DraftPricing): readonly PrivateOfferProblem[] {
  if (pricing.kind === 'discount') {
    const { percentage } = pricing
    const possible = /^\d+(\.\d+)?$/.test(percentage) && Number(percentage) >= 0.01 && Number(percentage) <= 100
    return possible ? [draftProblem('DISCOUNT_ON_SAAS')] : [draftProblem('DISCOUNT_OUT_OF_RANGE', { percentage })]
  }
  const prices = [...pricing.terms, ...pricing.meters]
  const missing = pricing.kind === 'newPlan' ? pricing.terms.length === 0 : prices.length === 0
  return [
    ...when(missing, 'PRICES_MISSING'),
    ...[pricing.terms, pricing.meters].flatMap((each) =>
      twice(each.map((one) => one.of)).flatMap((of) => when(true, 'PRICE_TWICE', { of })),
    ),
    ...when(pricing.kind === 'newPlan' && !hasTexts(pricing), 'NEW_PLAN_TEXTS'),
  ]
}

const hasTexts = ({ name, description }: { readonly name: string; readonly description: string }): boolean =>
  name.trim() !== '' && name.length <= MAX.planName && description.trim() !== '' && description.length <= MAX.planDescription

const isSafeAddress = (text: string): boolean => text.startsWith('https://') && URL.canParse(text)

const twice = (names: readonly string[]): readonly string[] => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]

const when = (holds: boolean, code: PrivateOfferProblemCode, facts: PrivateOfferProblem['facts'] = {}): readonly PrivateOfferProblem[] =>
  holds ? [draftProblem(code, facts)] : []
