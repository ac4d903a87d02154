import { defineErrors } from './entry.ts'

export const identityErrors = defineErrors({
  ERR_SIGN_IN_FAILED: {
    what: 'The sign-in did not complete.',
    todo: 'Sign in again.',
    status: 401,
    retryable: true,
  },
  ERR_SIGN_IN_CANCELLED: {
    what: 'The sign-in was cancelled before it completed.',
    todo: 'Sign in again; nothing has been changed or charged.',
    status: 403,
    retryable: true,
  },
  ERR_SIGN_IN_CONSENT_REQUIRED: {
    what: 'The organisation does not allow its people to sign in here without an approval.',
    todo: 'Ask an administrator of the organisation to approve the sign-in application, or sign in with another account.',
    status: 403,
    retryable: false,
  },
  ERR_SIGN_IN_UNKNOWN: {
    what: 'This sign-in is over: it took too long, was used already, or was begun in another browser.',
    todo: 'Open the subscription in the Azure portal or the Microsoft 365 admin center again, in this browser and with cookies allowed.',
    status: 400,
    retryable: false,
  },
  ERR_SIGN_IN_TOKEN_REFUSED: {
    what: 'The answer to the sign-in does not prove who signed in.',
    todo: 'Sign in again. If it stays, the operator finds the reason in the log; check MICROSOFT_LOGIN_URL and the sign-in app.',
    status: 401,
    retryable: false,
  },
  ERR_SIGN_IN_UNAVAILABLE: {
    what: 'The Microsoft sign-in service does not answer.',
    todo: 'Try again in a minute.',
    status: 503,
    retryable: true,
  },
  ERR_SIGN_IN_NOT_CONFIGURED: {
    what: 'This publisher has no working sign-in application.',
    todo: 'The operator gives the tenant a valid `signIn` credential with `bridge apply`.',
    status: 503,
    retryable: false,
  },
  ERR_SIGNED_OUT: {
    what: 'Nobody is signed in, or the session has ended.',
    todo: 'Load the page again to sign in.',
    status: 401,
    retryable: false,
  },
  ERR_FORM_NOT_OURS: {
    what: 'The form was not sent from our own page in this session.',
    todo: 'Load the page again and send it from there.',
    status: 403,
    retryable: false,
  },
})
