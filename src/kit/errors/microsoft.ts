import { defineErrors } from './entry.ts'

export const microsoftErrors = defineErrors({
  ERR_MS_UNAVAILABLE: {
    what: 'Microsoft did not answer, or answered that it is busy.',
    todo: 'Nothing: the bridge tries again by itself.',
    status: 503,
    retryable: true,
  },
})
