import { defineErrors } from './entry.ts'

export const connectErrors = defineErrors({
  ERR_CONNECT_UNAUTHORIZED: {
    what: 'CloudBlue Connect does not accept the token.',
    todo: 'Check in Connect under Integrations, Tokens that the token is active and not expired, and store its current value.',
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_FORBIDDEN: {
    what: 'The token may not do this in CloudBlue Connect.',
    todo: "Use a token of the distributor's account and grant it the module named here, in Connect under Integrations, Tokens.",
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_NOT_FOUND: {
    what: 'CloudBlue Connect knows no such object, or does not show it to this account.',
    todo: 'Check the id, and that the product is listed for the account the token belongs to.',
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_INVALID: {
    what: 'CloudBlue Connect refused the data.',
    todo: "Read Connect's messages beside this error and correct the named fields.",
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_CONFLICT: {
    what: 'CloudBlue Connect says the object is already there, or is in a state that does not allow this.',
    todo: 'Look at the object in Connect; nothing was changed by this call.',
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_UNAVAILABLE: {
    what: 'CloudBlue Connect did not answer, or answered that it is busy.',
    todo: 'Nothing: the bridge tries again by itself.',
    status: 503,
    retryable: true,
  },
  ERR_CONNECT_LIST_CHANGED: {
    what: 'A list in CloudBlue Connect changed while it was being read.',
    todo: 'Nothing: the bridge reads it again by itself.',
    status: 503,
    retryable: true,
  },
  ERR_CONNECT_UNEXPECTED_ANSWER: {
    what: 'CloudBlue Connect answered with something the bridge cannot read.',
    todo: 'Check that the Connect address is the API address (ending in /public/v1). If it is, report the fields named here.',
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_FILE_HOST: {
    what: 'CloudBlue Connect gives a link to a file on a host that files are not taken from.',
    todo: 'If the host named here is where Connect keeps its files, report it, so that it is added to the hosts allowed; nothing was fetched.',
    status: 502,
    retryable: false,
  },
  ERR_CONNECT_FILE_GONE: {
    what: 'CloudBlue Connect has no such file, or its link does not open.',
    todo: 'Look at the file in Connect; if it can be downloaded there, try again.',
    status: 502,
    retryable: true,
  },
  ERR_CONNECT_FILE_TOO_LARGE: {
    what: 'The file from CloudBlue Connect is larger than is taken.',
    todo: 'Ask the vendor to report in smaller files; the records themselves can still be read from Connect.',
    status: 502,
    retryable: false,
  },
})
