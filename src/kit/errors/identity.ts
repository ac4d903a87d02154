import { defineErrors } from './entry.ts'

export const identityErrors = defineErrors({
  ERR_SIGN_IN_FAILED: {
    what: 'The sign-in did not complete.',
    todo: 'Sign in again.',
    status: 401,
    retryable: true,
  },
})
