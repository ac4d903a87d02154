import { defineErrors } from './entry.ts'

export const buyerErrors = defineErrors({
  ERR_PURCHASE_TOKEN_MISSING: {
    what: 'The page was opened without a purchase token.',
    todo: 'Open the subscription in the Azure portal or the Microsoft 365 admin center and choose Configure account or Manage account.',
    status: 400,
    retryable: false,
  },
  ERR_PURCHASE_TOKEN_MALFORMED: {
    what: 'The purchase token in the address is damaged.',
    todo: 'Do not copy the address: open the subscription in the Azure portal or the Microsoft 365 admin center and choose Configure account.',
    status: 400,
    retryable: false,
  },
  ERR_PURCHASE_TOKEN_REFUSED: {
    what: 'Microsoft does not accept this purchase token any more; it lives for 24 hours at most.',
    todo: 'Open the subscription in the Azure portal or the Microsoft 365 admin center again for a fresh link.',
    status: 410,
    retryable: false,
  },
  ERR_PURCHASE_TOKEN_FOREIGN: {
    what: 'The purchase token belongs to an offer of another publisher.',
    todo: 'Open the subscription from where it was bought. The operator checks the landing page URL of the offer and the API app of the tenant.',
    status: 403,
    retryable: false,
  },
  ERR_OFFER_NOT_MANAGED: {
    what: 'The purchased offer is not connected to a product here yet.',
    todo: 'Contact the seller; nothing is charged before activation. The operator adds the offer to the product with `bridge apply`.',
    status: 404,
    retryable: false,
  },
  ERR_WRONG_ORGANISATION: {
    what: 'The signed-in account is from another organisation than the subscription.',
    todo: 'Sign in with an account of the organisation that bought it or uses it.',
    status: 403,
    retryable: false,
  },
  ERR_WRONG_PERSONAL_ACCOUNT: {
    what: 'The subscription belongs to another personal Microsoft account.',
    todo: 'Sign in with the personal account that bought it.',
    status: 403,
    retryable: false,
  },
  ERR_FRESH_LANDING_NEEDED: {
    what: 'Ordering, changing and canceling need a visit that came from Microsoft, and this one did not.',
    todo: 'Open the subscription in the Azure portal or the Microsoft 365 admin center and choose Configure account.',
    status: 403,
    retryable: false,
  },
  ERR_SHOP_UNAVAILABLE: {
    what: 'A service behind this page does not answer right now.',
    todo: 'Try again in a minute; nothing has been lost.',
    status: 503,
    retryable: true,
  },
  ERR_FORM_TOO_LARGE: {
    what: 'The form is larger than the page takes.',
    todo: 'Shorten the longest answers and send it again.',
    status: 413,
    retryable: false,
  },
  ERR_TOO_MANY_REQUESTS: {
    what: 'Too many requests came from this address or session.',
    todo: 'Wait a minute, then load the page again.',
    status: 429,
    retryable: true,
  },
})
