import { defineErrors } from './entry.ts'

export const apiErrors = defineErrors({
  ERR_API_KEY_INVALID: {
    what: 'There is no valid API key with this request.',
    todo: 'Send `Authorization: Bearer mbk_…` with a key that is neither expired nor revoked; `bridge api-key create` makes one.',
    status: 401,
    retryable: false,
  },
  ERR_API_SCOPE: {
    what: 'The API key does not have the scope for this.',
    todo: 'Use a key with the scope that is named, or make one with `bridge api-key create`.',
    status: 403,
    retryable: false,
  },
  ERR_API_KEY_NOT_FOUND: {
    what: 'There is no such API key.',
    todo: 'Check the id with `bridge api-key list`.',
    status: 404,
    retryable: false,
  },
  ERR_API_TOO_MANY_REQUESTS: {
    what: 'Too many requests came with this key or from this address.',
    todo: 'Wait as long as the Retry-After header says, then go on more slowly.',
    status: 429,
    retryable: true,
  },
})
