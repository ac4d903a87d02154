import { defineErrors } from './entry.ts'

export const subscriptionErrors = defineErrors({
  ERR_SUBSCRIPTION_NOT_FOUND: {
    what: 'There is no such subscription.',
    todo: 'Check the id with `bridge subscription list`.',
    status: 404,
    retryable: false,
  },
})
