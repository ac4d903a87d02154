import { defineErrors } from './entry.ts'

export const buyerErrors = defineErrors({
  ERR_PURCHASE_TOKEN_MISSING: {
    what: 'The page was opened without a purchase token.',
    todo: 'Open the subscription in the Azure portal or the Microsoft 365 admin center and choose Configure account or Manage account.',
    status: 400,
    retryable: false,
  },
})
