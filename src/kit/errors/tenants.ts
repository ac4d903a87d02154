import { defineErrors } from './entry.ts'

export const tenantErrors = defineErrors({
  ERR_TENANT_NOT_FOUND: {
    what: 'There is no such tenant.',
    todo: 'Check the id with `bridge tenant list`.',
    status: 404,
    retryable: false,
  },
})
