import { action, defineAttention } from './entry.ts'

const applyAgain = 'then `bridge offer apply TENANT OFFER`'
const look = action('lookInPartnerCenter', 'Look at the offer in Partner Center')
const leave = action('leave', 'Leave it: the offer stays as it is')

/** Of an offer on its way to the store. */
export const offerAttention = defineAttention({
  PRODUCT_DIFFERS: {
    sentence: 'A product’s offers are not in step with what its vendor sells, or with what Microsoft sells of them.',
    cause: '`differences` names each. Nothing is changed by itself: what was bought goes on as it was bought.',
    matters: ['differences'],
    actions: [
      action('proposeOffers', 'Read what each means: `bridge offer resync TENANT --product PRODUCT`; take it over with `--accept`'),
      action('mapPlan', 'A plan that is not mapped: map it in the set-up file'),
      leave,
    ],
  },
  OFFER_REFUSED: {
    sentence: 'Partner Center refuses what it was sent of an offer.',
    cause: 'Nothing of that request was written. Each reason names the part and the field.',
    matters: ['reasons'],
    actions: [action('correctReasons', 'Correct what the reasons name in the set-up file and apply it: it goes on by itself'), look, leave],
  },
  OFFER_CERTIFICATION_FAILED: {
    sentence: 'Microsoft’s certification of an offer found faults, or its publication failed.',
    cause: 'Microsoft tells what it found in Partner Center and by mail only.',
    matters: ['reasons'],
    actions: [
      action('lookInPartnerCenter', 'Read the certification report in Partner Center and correct what it names, here or there'),
      action('confirmOffer', 'When nothing is to be corrected: `bridge offer apply TENANT OFFER --to live` submits it again'),
      leave,
    ],
  },
  OFFER_WAITS_FOR_YES: {
    sentence: 'The preview of an offer stands, and nobody has agreed yet that buyers see it.',
    cause: 'Going live cannot be undone, and the content has changed since somebody agreed, or nobody did.',
    matters: ['preview'],
    actions: [action('confirmOffer', 'Look at the preview, then: `bridge offer apply TENANT OFFER --to live`'), leave],
  },
  OFFER_HAS_FOREIGN_EDITS: {
    sentence: 'Colleagues edited an offer in Partner Center; publishing it would publish their edits, too.',
    cause: 'Microsoft publishes a draft as a whole. The reasons say what is otherwise than in the store and not the bridge’s.',
    matters: ['reasons'],
    actions: [
      action('confirmOffer', `To publish them along: \`bridge offer apply TENANT OFFER\``),
      action('lookInPartnerCenter', 'Or take them back in Partner Center: it goes on by itself'),
    ],
  },
  OFFER_LACKS_CONTENT: {
    sentence: 'An offer cannot be published: Microsoft requires more than is given.',
    cause: 'The reasons name the parts.',
    matters: ['reasons'],
    actions: [action('correctReasons', 'Give it in the set-up file and apply it, or once by hand in Partner Center')],
  },
  OFFER_UNCLEAR: {
    sentence: 'Partner Center shows something else of an offer than it took.',
    cause: 'A colleague changed it back, Microsoft keeps it otherwise, or it does not tell how a job ended. The bridge fights nobody.',
    matters: ['reasons'],
    actions: [action('lookInPartnerCenter', `Compare: \`bridge offer plan TENANT OFFER\`, ${applyAgain}`), leave],
  },
  OFFER_LOCKED: {
    sentence: 'Partner Center has been busy with an offer for hours.',
    cause: 'Somebody saves or publishes it there, or a submission hangs. It is tried again every few minutes.',
    actions: [look, action('supportCase', 'Open a support case with Microsoft')],
  },
  OFFER_CREDENTIAL_REFUSED: {
    sentence: 'An offer cannot be looked at or published: Partner Center does not accept the publisher’s app.',
    cause: 'There is no Partner Center credential, it has ended, or the app has no Manager role in Partner Center.',
    matters: ['error'],
    actions: [
      action('checkCredential', 'Set it: `bridge credential set TENANT partnerCenter`; it goes on by itself'),
      action('leave', 'Leave it: publish by hand in Partner Center'),
    ],
  },
})
