import { defineErrors } from './entry.ts'

export const operatorErrors = defineErrors({
  ERR_ACTION_NOT_OFFERED: {
    what: 'This attention item does not offer that action.',
    todo: 'Choose one of those `bridge attention show ITEM` lists.',
    status: 400,
    retryable: false,
  },
  ERR_ACTION_NOT_POSSIBLE: {
    what: 'This cannot be done now.',
    todo: 'The reason is given with it. Look at the subscription with `bridge subscription show`.',
    status: 409,
    retryable: false,
  },
})
