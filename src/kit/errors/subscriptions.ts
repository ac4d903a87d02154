import { defineErrors } from './entry.ts'

export const subscriptionErrors = defineErrors({
  ERR_SUBSCRIPTION_NOT_FOUND: {
    what: 'There is no such subscription.',
    todo: 'Check the id with `bridge subscription list`.',
    status: 404,
    retryable: false,
  },
  ERR_RECONCILE_NOT_RUN: {
    what: 'The tenant’s subscriptions were never compared as a whole.',
    todo: 'Run `bridge reconcile run TENANT`, and read its report.',
    status: 409,
    retryable: false,
  },
  ERR_ASSET_TAKEN: {
    what: 'The asset was matched with another subscription.',
    todo: 'See which with `bridge reconcile report TENANT`, and take that match back first when it is the wrong one: `bridge reconcile unmatch SUBSCRIPTION`.',
    status: 409,
    retryable: false,
  },
  ERR_ENDS_PAUSED: {
    what: 'More subscriptions of the tenant would be cancelled or suspended within an hour than the brake lets pass.',
    todo: 'See why they end (`bridge reconcile report TENANT`). When it is right: `bridge reconcile release TENANT`.',
    status: 409,
    retryable: false,
  },
  ERR_NOTICE_TOKEN_BAD: {
    what: 'The call does not carry a token of Microsoft’s marketplace for this publisher.',
    todo: 'Nothing when it was not Microsoft. When notices fail to arrive: compare tenant id and app id of `bridge tenant show TENANT` with the technical configuration of the offer, and let gateways in front pass the Authorization header through.',
    status: 401,
    retryable: false,
  },
  ERR_NOTICE_TOKEN_UNVERIFIABLE: {
    what: 'Whether the call comes from Microsoft cannot be told now. Microsoft sends it again.',
    todo: 'See that MICROSOFT_LOGIN_URL can be reached from here, and that the tenant has its Microsoft credential.',
    status: 503,
    retryable: true,
  },
  ERR_CONNECT_EVENT_NOT_PROVED: {
    what: 'The call does not carry the signature of a webhook this bridge has registered in Connect.',
    todo: 'Nothing when it was not Connect. When its calls are refused: see `bridge tenant show TENANT`, and let gateways in front pass the Authorization header through. Connect is read all the same.',
    status: 401,
    retryable: false,
  },
  ERR_NOTICE_NOT_FOUND: {
    what: 'There is no such notice.',
    todo: 'Check the id with `bridge notification list`.',
    status: 404,
    retryable: false,
  },
  ERR_NOTICE_UNREADABLE: {
    what: 'The body of this notice cannot be read, so there is nothing to look at again.',
    todo: 'Look at the body with `bridge notification show`. The subscription it may be about is looked at every few minutes in any case.',
    status: 409,
    retryable: false,
  },
})
