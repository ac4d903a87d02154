import { defineErrors } from './entry.ts'

export const generalErrors = defineErrors({
  ERR_INTERNAL: {
    what: 'Something went wrong on our side.',
    todo: 'Try again; if it stays, look up the request id in the log.',
    status: 500,
    retryable: true,
  },
  ERR_CONFIG: {
    what: 'The configuration has faults.',
    todo: 'Correct the named variables and start again.',
    status: 500,
    retryable: false,
  },
  ERR_BAD_INPUT: {
    what: 'The input is not what was expected.',
    todo: 'Correct the named fields and send it again.',
    status: 400,
    retryable: false,
  },
  ERR_NOT_FOUND: {
    what: 'There is nothing at this address.',
    todo: 'Check the address or the id.',
    status: 404,
    retryable: false,
  },
})
