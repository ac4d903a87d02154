import { defineErrors } from './entry.ts'

export const tenantErrors = defineErrors({
  ERR_TENANT_NOT_FOUND: {
    what: 'There is no such tenant.',
    todo: 'Check the id with `bridge tenant list`.',
    status: 404,
    retryable: false,
  },
  ERR_PRODUCT_NOT_FOUND: {
    what: 'The tenant has no such product.',
    todo: 'Check the id with `bridge tenant show TENANT`.',
    status: 404,
    retryable: false,
  },
  ERR_CREDENTIAL_MISSING: {
    what: 'The tenant has no credential for this.',
    todo: 'Set it with `bridge credential set`, or add it to the set-up file and run `bridge apply`.',
    status: 409,
    retryable: false,
  },
  ERR_TENANT_EXISTS: {
    what: 'There is a tenant of this id already.',
    todo: 'Choose another id, or change the one that is there with `bridge tenant edit`.',
    status: 409,
    retryable: false,
  },
  ERR_CREDENTIAL_UNFIT: {
    what: 'The credential works, but is not the one that is needed here.',
    todo: 'The reason beside it says what is wrong and where to correct it.',
    status: 409,
    retryable: false,
  },
  ERR_APP_OF_ANOTHER_TENANT: {
    what: 'This Entra app is that of another publisher.',
    todo: 'Register an app of its own for each publisher: Microsoft lets one app (tenant id and client id) act for one publisher account only.',
    status: 409,
    retryable: false,
  },
  ERR_SETUP_INVALID: {
    what: 'The set-up file has faults; nothing was changed.',
    todo: 'Correct the named places and apply it again.',
    status: 400,
    retryable: false,
  },
  ERR_TENANT_DATA_UNREADABLE: {
    what: 'A stored setting cannot be read by this version.',
    todo: 'Apply the set-up file again, or start the version that wrote it.',
    status: 500,
    retryable: false,
  },
})
