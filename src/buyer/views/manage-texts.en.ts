/** The words of managing a subscription, in English. About money only what is certain: the invoice is Microsoft's. */
import type { ActionReason, ReasonFacts } from '../../subscriptions/rules/manage/reasons.ts'

const number = (count: number): string => count.toLocaleString('en-GB')
const seats = (count: number): string => `${number(count)} ${count === 1 ? 'seat' : 'seats'}`

/** Why something is not possible, or did not come through. */
const reasons: Readonly<Record<ActionReason, string | ((facts: ReasonFacts) => string)>> = {
  NOT_MANAGED: 'This subscription cannot be changed here at the moment. Please contact the seller.',
  NOT_READABLE: 'This subscription cannot be changed here at the moment. Please contact the seller.',
  NOT_ACTIVE_YET: 'The subscription is not active yet. It can be changed once it is.',
  SUSPENDED: 'The subscription is paused. Plan and seats can be changed again once the payment is made.',
  ENDED: 'The subscription has ended. To use the product again, buy it again on the Microsoft marketplace.',
  BOUGHT_BY_PARTNER: 'The subscription was bought through a partner: please ask them for changes.',
  NOT_ALLOWED: 'Microsoft does not allow this for your subscription.',
  ACTION_OPEN: 'Another change is still under way. Please wait until it is through.',
  OPERATION_PENDING: 'Microsoft is still busy with another change of this subscription. Please try again in a few minutes.',
  VENDOR_PENDING: 'The seller is still carrying out the last change. Please wait until it is through.',
  CHANGED_MEANWHILE: 'Your plan or seats have changed in the meantime. Please look at what you have now and choose again.',
  POLICY_REFUSES: 'The seller does not offer this change here. Please ask them.',
  SAME_PLAN: 'You are on this plan already.',
  PLAN_NOT_OFFERED: 'This plan is not available to you any more. Please choose another one.',
  PLAN_NOT_MAPPED: 'This plan is not available here. Please choose another one.',
  MOVE_NOT_LISTED: 'The seller does not offer the change from your plan to this one. Please ask them.',
  FLAT_RATE: 'Your plan has one price, not a price per seat.',
  NOT_A_NUMBER_OF_SEATS: 'Enter the number of seats as a whole number, such as 12.',
  SAME_SEATS: 'You have this number of seats already.',
  TOO_FEW_SEATS: ({ least = 1 }) => `At least ${seats(least)} ${least === 1 ? 'is' : 'are'} needed.`,
  TOO_MANY_SEATS: ({ most = 1_000_000 }) => `At most ${seats(most)} ${most === 1 ? 'is' : 'are'} possible.`,
  MICROSOFT_REFUSED: 'Microsoft did not accept it. Nothing was changed.',
  MICROSOFT_FORBIDDEN: 'Microsoft did not let us make it. Nothing was changed; please contact the seller.',
  MICROSOFT_FAILED: 'Microsoft could not complete it. Your plan and seats are as shown here.',
  NOTHING_TO_CHANGE: 'Microsoft says that there was nothing to change.',
  STAYED_LOCKED: 'Another change at Microsoft was in the way for too long. Nothing was changed; please try again.',
  NOT_REACHED: 'Microsoft could not be reached in time. Nothing was changed; please try again.',
  NEVER_SHOWN: 'Microsoft has shown nothing of the change for a day, so it was not made. You can try again.',
  NO_WORD: 'Microsoft has not told us what became of it. What you have is shown here.',
}

export const manage = {
  heading: 'Change or cancel',
  here: (perSeat: boolean) =>
    perSeat ? 'Change your plan or the number of seats, or cancel, right here.' : 'Change your plan, or cancel, right here.',
  open: 'Manage subscription',
  later: 'Further changes are possible once the present one is through.',
  renewal: 'Renewal and payment are managed at Microsoft:',
  fromMicrosoft:
    'To change plan or seats, or to cancel, come to this page from Microsoft: that shows us that you may. Or do it at Microsoft itself:',
  partner:
    'This subscription was bought through a partner. Plan, seats, renewal and cancellation are managed by them: please ask them for changes.',
  title: 'Manage your subscription',
  lead: 'Nothing is changed before you have seen what it means and confirmed it.',
  back: 'Back to your subscription',
  seats: {
    heading: 'Seats',
    label: 'Number of seats',
    hint: (present: number, least: number, most: number) =>
      most >= 1_000_000
        ? `You have ${seats(present)} now; at least ${number(least)} ${least === 1 ? 'is' : 'are'} needed.`
        : `You have ${seats(present)} now; from ${number(least)} to ${number(most)} are possible.`,
  },
  plan: {
    heading: 'Plan',
    label: 'Your plan',
    present: 'Your plan now',
    only: 'There is no other plan to change to.',
  },
  review: 'See what it means',
  cancel: {
    heading: 'Cancel',
    text: 'Ends the subscription and your access. You see what it means before you decide.',
    open: 'Cancel subscription…',
  },
  refused: 'This is not possible',
  reason: (reason: ActionReason, facts: ReasonFacts = {}): string => {
    const words = reasons[reason]
    return typeof words === 'string' ? words : words(facts)
  },
  confirm: {
    seats: {
      title: (to: number) => `Change to ${seats(to)}?`,
      button: (to: number) => `Change to ${seats(to)}`,
      effect: (from: number, to: number, publisher: string) => [
        `Microsoft changes your seats from ${number(from)} to ${number(to)} and bills the new number from then on.`,
        `${publisher || 'The seller'} is asked for ${seats(to)}; you can follow it on your page.`,
      ],
      fewer: 'First make sure that nobody needs the seats that go: who loses access is decided in the product.',
    },
    plan: {
      title: (to: string) => `Change to ${to}?`,
      button: (to: string) => `Change to ${to}`,
      effect: (from: string, to: string, publisher: string) => [
        `Microsoft changes your plan from ${from} to ${to} and bills the new plan from then on.`,
        `${publisher || 'The seller'} is asked to change you over; you can follow it on your page.`,
      ],
    },
    cancel: {
      title: 'Cancel your subscription?',
      button: 'Cancel subscription',
      keep: 'Keep subscription',
      effect: (publisher: string) => [
        'Microsoft ends the subscription. This cannot be undone: to come back, you buy it again.',
        `${publisher || 'The seller'} is told, and your access to the product ends.`,
      ],
      first: 'First export the data you still need: it may be deleted a few days after the end.',
    },
    lead: 'This is what will happen. Nothing has been changed yet.',
    heading: 'What will happen',
    moneyHeading: 'What it costs',
    money:
      'How the rest of the present term is settled is decided by Microsoft and shown on your invoice. We cannot see your prices and invoices here.',
    moneyCancel:
      'By Microsoft’s rules a charge can be refunded within 72 hours of the purchase or renewal; later there is no automatic refund. Usage so far may still be invoiced. We cannot see your invoices here.',
    now: 'Now',
    after: 'After the change',
    sending: 'Sending…',
    back: 'Back',
  },
  news: {
    seats: (to: number) => `Change to ${seats(to)}`,
    plan: (to: string) => `Change to ${to}`,
    cancel: 'Cancellation',
    change: 'Change of your plan or seats',
    underWay: 'under way',
    us: 'We are passing it on to Microsoft. This takes a few moments.',
    microsoft: 'Microsoft is working on it. This usually takes a minute, sometimes several.',
    vendor: 'The seller is carrying it out. Often this takes minutes; where people are involved, up to a few days.',
    vendorBilled: 'Microsoft has made the change already: plan and seats on this page are what Microsoft bills.',
    question: 'The seller has a question about your change',
    notByVendor: 'The change has not arrived in the product',
    notByVendorText:
      'Microsoft has made the change, but the seller has not. The people responsible know about it. If you cannot wait, please contact the seller.',
    notMade: 'was not made',
    made: 'is in force',
    since: 'Since',
    live: 'This page updates by itself. You may close it and come back at any time.',
  },
  suspended: {
    heading: 'What you can do',
    pay: 'Pay, or change the way of payment, at Microsoft:',
    remains: 'What remains',
    remainsText: 'Your plan, your seats and your data are kept. Changes of plan and seats wait until the payment is made.',
    cancel: 'You do not need the product any more?',
  },
  ended: { cancelled: 'Cancelled on this page:' },
}
