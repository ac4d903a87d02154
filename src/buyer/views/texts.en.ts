/** Every word a person reads on the buyer's pages, in English (problems and managing in the files beside). A second language is a second pair of the same shape. */
import type { FieldError } from '../form/model.ts'
import { manage } from './manage-texts.en.ts'
import { problems } from './problem-texts.en.ts'
import { usage } from './usage-texts.en.ts'

const seats = (count: number): string => `${count} ${count === 1 ? 'seat' : 'seats'}`

export const en = {
  language: 'en',
  frame: {
    skip: 'Skip to the content',
    signedInAs: (name: string) => `Signed in as ${name}`,
    switchAccount: 'Use another account',
    signOut: 'Sign out',
    testPurchase: 'Test purchase',
    testPurchaseText: 'A preview or test purchase: the order goes to the seller’s test environment.',
    support: 'Help and support',
    terms: 'Terms',
    privacy: 'Privacy',
    soldBy: (publisher: string) => `Sold by ${publisher} on the Microsoft marketplace.`,
    offline: 'The connection is interrupted. This page will catch up by itself.',
    titled: (heading: string, product: string | undefined) => (product ? `${heading} · ${product}` : heading),
    newTab: '(opens in a new tab)',
  },
  purchase: {
    heading: 'Your purchase',
    subscription: 'Subscription',
    plan: 'Plan',
    seats: 'Seats',
    seatCount: seats,
    billing: 'Billing term',
    term: 'Current term',
    termDates: (start: string, end: string) => `${start} to ${end}`,
    renews: 'Renews automatically',
    renewsYes: 'Yes',
    renewsNo: 'No, it ends with the term',
    trial: 'Free trial',
    trialText: 'Becomes a paid subscription at its end unless it is cancelled.',
    purchased: 'Purchased',
    product: 'Product',
    termUnits: {
      P1M: '1 month',
      P1Y: '1 year',
      P2Y: '2 years',
      P3Y: '3 years',
      P4Y: '4 years',
      P5Y: '5 years',
    } as Readonly<Record<string, string>>,
  },
  order: {
    title: (product: string) => `Set up ${product}`,
    lead: 'Thank you for your purchase. A few details are still needed; then everything else happens by itself.',
    completeBy: 'Please finish by',
    completeByText:
      'Microsoft cancels purchases that are not set up within 30 days. You are not charged before your subscription is active.',
    notCharged: 'You are not charged before your subscription is active.',
    submit: 'Confirm and set up',
    submitting: 'Sending your order…',
    terms: (publisher: string) => `By confirming you place the order with ${publisher}.`,
    sections: {
      organisation: 'Your organisation',
      contact: 'Contact person',
      address: 'Address',
      product: 'Product details',
    },
    sectionTexts: {
      organisation: 'Who will use the product.',
      contact: 'Who may be asked about this order.',
      address: 'The registered address of the organisation.',
      product: '',
    },
    requiredNote: 'Fields marked “optional” may be left empty.',
    optional: 'optional',
    choose: 'Choose…',
    noChoice: 'None',
    onlyIf: (label: string, values: string) => `Only needed when “${label}” is ${values}.`,
    unlessIf: (label: string, values: string) => `Not needed when “${label}” is ${values}.`,
    or: ' or ',
    retypePassword: 'For your safety, please type it again.',
    readonly: 'Set by the seller',
  },
  form: {
    companyName: 'Company or organisation',
    taxId: 'Tax or VAT number',
    taxIdHint: 'If your organisation has one.',
    firstName: 'First name',
    lastName: 'Last name',
    email: 'E-mail',
    emailHint: 'News about this order goes here.',
    phone: 'Phone',
    phoneHint: 'With country code, for example +49 30 901820; or as you dial it in your country.',
    addressLine1: 'Street and number',
    addressLine2: 'Building, floor or unit',
    city: 'City',
    state: 'State or region',
    postalCode: 'Postal code',
    country: 'Country or region',
    urlHint: 'A web address, for example https://www.example.com',
    domainHint: 'For example example.com',
    subdomainHint: 'Letters, digits and hyphens, for example my-company',
    jsonHint: 'In JSON, for example {"size": 3}',
    uniqueHint: 'Choose something nobody else uses yet.',
  },
  errors: {
    heading: (count: number) => (count === 1 ? 'One thing needs your attention' : `${count} things need your attention`),
    message: (error: FieldError, label: string): string => {
      switch (error.code) {
        case 'required':
          return `Fill in “${label}”.`
        case 'tooShort':
          return `“${label}” needs at least ${error.bound} characters.`
        case 'tooLong':
          return `“${label}” takes at most ${error.bound} characters.`
        case 'email':
          return 'Enter an e-mail address such as name@example.com.'
        case 'url':
          return 'Enter a full web address such as https://www.example.com.'
        case 'domain':
          return 'Enter a domain name such as example.com.'
        case 'subdomain':
          return 'Use letters, digits and hyphens only, such as my-company.'
        case 'phone':
          return 'Enter a phone number with its country code, such as +49 30 901820.'
        case 'json':
          return 'Enter a JSON object in braces, such as {"size": 3}.'
        case 'choice':
          return `Choose one of the answers offered for “${label}”.`
        case 'vendor':
          return error.message
      }
    },
  },
  partner: {
    title: (product: string) => `Set up ${product}`,
    customerHeading: 'Bought for you by a partner',
    customerText:
      'Another organisation bought this subscription for yours and receives the invoices. Please give the details of your own organisation below.',
    partnerHeading: 'Bought for your customer',
    partnerText:
      'You bought this subscription for another organisation. Please give the details of the organisation that will use it, not your own. You can also leave this to your customer, who reaches this page from the Azure portal or the Microsoft 365 admin center.',
  },
  steps: {
    label: 'Progress',
    ordered: 'Your order',
    prepared: 'Prepared by the seller',
    ready: 'Ready to use',
    done: 'done',
    current: 'in progress',
    upcoming: 'still to come',
    stopped: 'stopped',
  },
  actors: {
    label: 'Next step by',
    buyer: 'You',
    vendor: (publisher: string) => publisher,
    us: 'Nobody: this happens automatically',
    microsoft: 'Microsoft',
    since: 'Since',
    expected: 'Planned for',
  },
  waiting: {
    orderPlaced: { title: 'Your order is on its way', text: 'We are passing it on. This takes a few moments.' },
    vendor: {
      title: 'Your order is being prepared',
      text: 'The seller has received your order and is setting things up. Often this takes minutes; where people are involved, up to a few days.',
    },
    accountSetup: {
      title: 'Your account is being set up',
      text: 'The seller is setting up an account for your organisation first. After that the order itself is prepared.',
    },
    plannedDate: {
      title: 'Your order is scheduled',
      text: 'The seller has planned a date for it. There is nothing for you to do until then.',
    },
    ending: { title: 'Your order is being taken back', text: 'The seller has been asked to take the planned order back.' },
    resuming: {
      title: 'Your subscription is being resumed',
      text: 'Payment is in order again, and the seller is switching everything back on.',
    },
    slow: 'This takes longer than usual. The people responsible know about it.',
    live: 'This page updates by itself. You may close it and come back at any time.',
    notCharged: 'You are not charged before your subscription is active.',
    withoutScript: 'Your browser runs no scripts, so this page does not update by itself.',
    lookAgain: 'Look again',
  },
  inquiring: {
    title: 'The seller needs something from you',
    text: 'Your order continues as soon as you have answered.',
    message: 'Message from the seller',
    button: 'Answer now',
    noForm: 'The seller has written to the contact person of this order by e-mail. Please answer there.',
  },
  activating: {
    title: 'Almost there',
    text: 'Everything is prepared. Microsoft is being told that your subscription is ready; this usually takes less than a minute.',
    slow: 'This takes longer than usual. The people responsible know about it.',
  },
  active: {
    freshTitle: (product: string) => `${product} is ready`,
    freshText: (name: string | undefined) => `${name ? `Welcome, ${name}. ` : ''}Your subscription is active and you can start right away.`,
    title: (product: string) => `${product} is active`,
    text: 'Here is everything about your subscription in one place.',
    open: (product: string) => `Open ${product}`,
    gettingStarted: 'Getting started',
    details: 'Your details',
    azure: 'Azure portal',
    azurePath: 'SaaS, then your subscription',
    admin: 'Microsoft 365 admin center',
    adminPath: 'Billing, then Your products',
  },
  suspended: {
    title: 'Your subscription is paused',
    text: 'Microsoft could not collect the payment. Your data is kept. As soon as the payment is made, the subscription continues by itself.',
    deadline: 'Microsoft ends a subscription that stays unpaid for 30 days.',
    azurePath: 'Cost Management + Billing, then Payment methods',
    adminPath: 'Billing, then Bills & payments',
    partner: 'Payment goes through the partner who bought the subscription for you. Please ask them.',
  },
  ended: {
    title: 'This subscription has ended',
    text: 'It is no longer active and no longer billed. To use the product again, buy it again on the Microsoft marketplace.',
    data: 'Do you still need data from it? Please contact the seller soon: it may be deleted a few days after the end.',
  },
  failed: {
    title: 'Your order could not be fulfilled',
    cancelled: 'The seller could not accept this order, and the purchase was cancelled.',
    beingCancelled: 'The seller could not accept this order, and the purchase is being cancelled.',
    beingLookedAt: 'The seller could not accept this order as it is. People are looking at it and will contact you.',
    notCharged: 'You have not been charged.',
  },
  notReady: {
    title: 'We are getting things ready',
    text: 'Something on our side needs a person first. They know about it, and there is nothing for you to do. You are not charged before your subscription is active.',
    billed: 'Something on our side needs a person first. They know about it. If you cannot use the product, please contact us.',
  },
  lapsed: {
    title: 'This purchase was not completed',
    text: 'It ended before it was set up, so you have not been charged. If you still want the product, buy it again on the Microsoft marketplace.',
  },
  signedOut: { title: 'You are signed out', text: 'You can close this window now.' },
  manage,
  usage,
  problems,
}

/** The shape of a language. */
export type Texts = typeof en
