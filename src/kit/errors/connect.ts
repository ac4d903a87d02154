import { defineErrors } from './entry.ts'

export const connectErrors = defineErrors({
  ERR_CONNECT_UNAVAILABLE: {
    what: 'CloudBlue Connect did not answer, or answered that it is busy.',
    todo: 'Nothing: the bridge tries again by itself.',
    status: 503,
    retryable: true,
  },
})
