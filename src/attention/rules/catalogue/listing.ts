import { action, defineAttention } from './entry.ts'

const accept = (words: string) => action('decideListing', `${words}: \`bridge listing accept TENANT REQUEST\``)
const complete = (words: string) => action('decideListing', `${words}: \`bridge listing complete TENANT REQUEST\``)
const refuse = action('lookInConnect', 'Or refuse it: `bridge listing refuse TENANT REQUEST`, and tell the vendor why in Connect')
const propose = (words: string) => action('proposeOffers', words)

/** What a vendor asks about the shelf, and waits for somebody here. */
export const listingAttention = defineAttention({
  LISTING_PRODUCT_NOT_ADDED: {
    sentence: 'A vendor asks to list a product that is not in the set-up.',
    cause: 'Nothing of it could be sold at Microsoft yet. The request stays under review in Connect meanwhile.',
    actions: [propose('Add it: `bridge product add TENANT PRODUCT`, then `bridge offer propose TENANT PRODUCT --save`'), refuse],
  },
  LISTING_HAS_PROBLEMS: {
    sentence: 'A product that is to be listed has offers Microsoft would not take, or none.',
    cause: '`problems` names each. The request stays under review in Connect until they are gone; then it goes on by itself.',
    matters: ['problems'],
    actions: [
      action('correctSetup', 'Correct them: `bridge offer show TENANT PRODUCT` tells what to do about each'),
      propose('Without offers: `bridge offer propose TENANT PRODUCT --save`'),
      refuse,
    ],
  },
  LISTING_CHANGES_TO_APPLY: {
    sentence: 'A new version of a product is to be listed, and the offers do not have what it brings.',
    cause: '`changes` names what is new, changed and retired. What was bought stays as it was bought.',
    matters: ['version', 'changes'],
    actions: [
      propose('Take it over: `bridge offer propose TENANT PRODUCT --save`; retire plans in the set-up file. It then goes on by itself'),
      accept('Sell what was sold before, without it'),
      refuse,
    ],
  },
  LISTING_TO_ACCEPT: {
    sentence: 'A vendor asks to list a product, and nothing is in the way.',
    cause: 'The product’s policy `listing.drive` is `confirm`: nothing is told to the vendor without a person.',
    matters: ['version'],
    actions: [accept('Tell the vendor that it is being deployed'), refuse],
  },
  LISTING_TO_COMPLETE: {
    sentence: 'A product that is being deployed has come as far as its policy asks.',
    cause: 'The product’s policy `listing.drive` is `confirm`. Connect may refuse orders of it until the request is completed.',
    actions: [complete('Complete the request: the product is listed'), refuse],
  },
  LISTING_REMOVAL_TO_ACCEPT: {
    sentence: 'A vendor asks to take a product off the shelf.',
    cause:
      'That ends the sale at Microsoft, which only a person may decide. Subscriptions that exist live on: they renew, change and end as before.',
    actions: [accept('End the sale'), refuse],
  },
  LISTING_TO_PUBLISH: {
    sentence: 'The offers of a listing request are as far as the product’s policy takes them, and it waits for more.',
    cause: '`listing.publish` is less than `listing.completeAt` or `deployAt` asks for. `offers` tells how far each is.',
    actions: [
      action('confirmOffer', 'Publish them further: `bridge offer apply TENANT OFFER --to live`, or in Partner Center'),
      complete('Complete it as it is'),
      refuse,
    ],
  },
  LISTING_STILL_OFFERED: {
    sentence: 'A product is being taken off the shelf, and buyers at Microsoft still see it.',
    cause: 'The request is completed by itself once no plan of it is sold any more. Until then Connect may already refuse what is bought.',
    actions: [
      action('lookInPartnerCenter', 'Stop distribution of the offer in Partner Center, or retire its plans in the set-up file and publish'),
      complete('Complete it all the same'),
    ],
  },
  LISTING_OFFER_NOT_SEEN: {
    sentence: 'A listing request waits for its offer at Microsoft, and the bridge cannot see how far that is.',
    cause: 'The publisher gave no app for Partner Center.',
    actions: [
      complete('When the offer has come as far as it should'),
      action('checkCredential', 'Or let the bridge look: `bridge credential set TENANT partnerCenter`'),
      refuse,
    ],
  },
  LISTING_REQUEST_UNCLEAR: {
    sentence: 'A vendor asks something about a listing that the bridge does not know.',
    cause: 'Connect tells a type of request that is new to this version. Nothing is done about it.',
    actions: [action('lookInConnect', 'See to it in Connect'), action('updateBridge', 'Look for a newer version of the bridge')],
  },
  LISTING_REQUEST_STUCK: {
    sentence: 'A step of a listing request fails again and again.',
    cause: '`error` is what was answered. It is tried again every few minutes, and nothing is lost.',
    matters: ['error'],
    actions: [
      action('lookInConnect', 'Look at the request in Connect, and whether the token may work with listings'),
      action('lookUpFailure', 'Look the answer up in the list of errors'),
    ],
  },
})
