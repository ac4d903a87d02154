import { defineErrors } from './entry.ts'

/** Why a usage event is not taken in. Each is told beside its event; the others of the same request are taken in. */
export const usageEventErrors = defineErrors({
  ERR_USAGE_EVENT_INVALID: {
    what: 'The usage event cannot be read.',
    todo: 'Send key, subscriptionId, dimension, quantity and consumedAt as docs/api.md describes them; the message names the field.',
    status: 400,
    retryable: false,
  },
  ERR_USAGE_KEY_CONFLICT: {
    what: 'The key was used before with other content, which counts; this event was not taken in.',
    todo: 'A correction needs a key of its own. If both are the same usage, send exactly what was sent first.',
    status: 409,
    retryable: false,
  },
  ERR_USAGE_UNKNOWN_SUBSCRIPTION: {
    what: 'There is no such subscription.',
    todo: 'Send Microsoft’s id of a subscription of this tenant; `bridge subscription list` shows them.',
    status: 404,
    retryable: false,
  },
  ERR_USAGE_UNKNOWN_DIMENSION: {
    what: 'The dimension is not declared for the subscription’s product.',
    todo: 'Declare it under `policies.usage.dimensions` of the product (docs/setup-file.md), with `source: api` when applications report it.',
    status: 422,
    retryable: false,
  },
  ERR_USAGE_OTHER_SOURCE: {
    what: 'The usage of this dimension is told in Connect’s usage files, not by applications.',
    todo: 'Each dimension has one source, so that nothing is billed twice. Change `source` of the dimension in the set-up file, or stop sending it here.',
    status: 422,
    retryable: false,
  },
  ERR_USAGE_IN_FUTURE: {
    what: 'The usage lies in the future.',
    todo: 'Check the producer’s clock and time zone: a time without a zone is UTC.',
    status: 422,
    retryable: false,
  },
  ERR_USAGE_NOT_ACTIVE: {
    what: 'The subscription was not active yet when this was consumed.',
    todo: 'Nothing can be billed before activation. Check the time and the subscription.',
    status: 422,
    retryable: false,
  },
  ERR_USAGE_AFTER_END: {
    what: 'The subscription had ended when this was consumed.',
    todo: 'Microsoft bills nothing after the end. Check the time, and stop the service for this customer.',
    status: 422,
    retryable: false,
  },
  ERR_USAGE_TOO_LATE: {
    what: 'The usage comes too late for its hour, and the product’s policy refuses late usage.',
    todo: 'Send usage within the hour’s grace, or change `policies.usage.late` of the product.',
    status: 422,
    retryable: false,
  },
  ERR_USAGE_FILE_NOT_FOUND: {
    what: 'There is no such usage file.',
    todo: 'Check the id with `bridge usage file list TENANT`; a file the vendor has not submitted is not seen.',
    status: 404,
    retryable: false,
  },
})
