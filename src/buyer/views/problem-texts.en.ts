/** What a page says when something is not possible, in English. */
export const problems = {
  tryAgain: 'Try again',
  switchAccount: 'Use another account',
  reference: 'Reference',
  referenceText: 'Please give this reference when you ask for help.',
  reopenHeading: 'How to come back with a fresh link',
  reopenAzure: 'Search for “SaaS”, choose your subscription, then “Configure account now” or “Open SaaS account on publisher’s site”.',
  reopenAdmin: 'Billing, then Your products, your subscription, then “Manage” or “Set up”.',
  notFound: {
    title: 'There is nothing here',
    text: 'The address is not right, or what was here is gone. Please open your subscription from Microsoft.',
  },
  unavailable: {
    title: 'One moment, please',
    text: 'A service we need does not answer right now. Your purchase is safe; please try again in a minute.',
  },
  refused: { title: 'This is not possible', text: 'The request was not understood. Please go back and try again.' },
  internal: { title: 'Something went wrong on our side', text: 'Your purchase is safe. Please try again in a minute.' },
  tokenMissing: {
    title: 'Please come from Microsoft',
    text: 'This page is opened from your purchase at Microsoft, which tells us what you bought.',
  },
  tokenDamaged: {
    title: 'The link is damaged',
    text: 'Part of the address got lost on the way. Please open your purchase from Microsoft again instead of copying the address.',
  },
  tokenExpired: {
    title: 'The link has expired',
    text: 'For your safety, links from Microsoft work for a day. Your purchase is still there: open it again for a fresh link.',
  },
  tokenForeign: {
    title: 'This purchase belongs elsewhere',
    text: 'The link is for a product of another publisher. Please open your purchase from Microsoft again.',
  },
  freshLanding: {
    title: 'Please come from Microsoft once more',
    text: 'To order, change or cancel something, open this page from your purchase at Microsoft. That shows us that you may.',
  },
  offerUnknown: {
    title: 'We are getting things ready',
    text: 'The seller has not connected this offer yet. You are not charged before your subscription is active. Please contact the seller.',
  },
  wrongOrganisation: {
    title: 'This belongs to another organisation',
    text: 'The account you signed in with is not from the organisation that bought or uses this subscription. Please use an account from there.',
  },
  wrongPersonal: {
    title: 'This belongs to another account',
    text: 'The subscription was bought with another personal Microsoft account. Please sign in with that one.',
  },
  signIn: { title: 'The sign-in did not complete', text: 'Nothing has been changed or charged. Please try again.' },
  signInConsent: {
    title: 'Your organisation has to agree first',
    text: 'Your organisation does not allow this sign-in without approval. Please ask your administrator, or use another account.',
  },
  signInOver: {
    title: 'This sign-in is over',
    text: 'It took too long, was used already, or was begun in another browser. Please open your purchase from Microsoft again, in this browser and with cookies allowed.',
  },
  signedOut: { title: 'Please sign in again', text: 'Your session has ended. Nothing has been lost.' },
  formNotOurs: {
    title: 'Please send the form again',
    text: 'The page was open for a long time or the session has changed. Load the page again and send the form from there.',
  },
  tooLarge: { title: 'The form is too long', text: 'Please shorten the longest answers and send it again.' },
  tooMany: { title: 'A little too fast', text: 'Please wait a minute, then load the page again.' },
}
