import { defineErrors } from './entry.ts'

/** Of Microsoft's API for offers. When it is down or busy: `ERR_MS_UNAVAILABLE`. */
export const partnerCenterErrors = defineErrors({
  ERR_PARTNER_CENTER_FORBIDDEN: {
    what: "Partner Center does not let this app manage the publisher's offers.",
    todo: 'In Partner Center, under Account settings, User management, Microsoft Entra applications: add the app and give it the Manager role. Its directory must be one that is associated with the account.',
    status: 502,
    retryable: false,
  },
  ERR_PARTNER_CENTER_NOT_FOUND: {
    what: 'Partner Center does not know this offer, job or private offer.',
    todo: 'Check the id, and that the Partner Center credential belongs to the account the offer is in.',
    status: 404,
    retryable: false,
  },
  ERR_PARTNER_CENTER_REFUSED: {
    what: 'Partner Center refused what was sent to it.',
    todo: 'The sentences beside this error name the fields at fault: correct them in the offer and apply again. Nothing was changed.',
    status: 502,
    retryable: false,
  },
  ERR_PARTNER_CENTER_LOCKED: {
    what: 'Partner Center is busy with this offer: somebody saves it, or a submission is on its way.',
    todo: 'Nothing: the bridge waits and tries again by itself.',
    status: 409,
    retryable: true,
  },
  ERR_OFFER_NOT_FOUND: {
    what: 'The tenant has no such offer.',
    todo: 'Check the id with `bridge tenant show TENANT`; without -preview.',
    status: 404,
    retryable: false,
  },
  ERR_OFFER_NOT_OURS: {
    what: 'The content of this offer is kept in Partner Center: here it is only mapped.',
    todo: 'Publish it there, or give its content in the set-up file (`catalogue` of the offer and its plans) and apply it.',
    status: 409,
    retryable: false,
  },
})
