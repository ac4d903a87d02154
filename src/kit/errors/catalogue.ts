/** Every error code of the product. One file a room beside this one; codes are stable once released. */
import { apiErrors } from './api.ts'
import { attentionErrors } from './attention.ts'
import { buyerErrors } from './buyer.ts'
import { connectErrors } from './connect.ts'
import { databaseErrors } from './database.ts'
import type { ErrorEntry } from './entry.ts'
import { generalErrors } from './general.ts'
import { identityErrors } from './identity.ts'
import { microsoftErrors } from './microsoft.ts'
import { operatorErrors } from './operator.ts'
import { partnerCenterErrors } from './partner-center.ts'
import { spreadsheetErrors } from './spreadsheet.ts'
import { subscriptionErrors } from './subscriptions.ts'
import { tenantErrors } from './tenants.ts'
import { usageEventErrors } from './usage-events.ts'

const catalogue = {
  ...generalErrors,
  ...spreadsheetErrors,
  ...databaseErrors,
  ...microsoftErrors,
  ...partnerCenterErrors,
  ...connectErrors,
  ...tenantErrors,
  ...identityErrors,
  ...attentionErrors,
  ...apiErrors,
  ...subscriptionErrors,
  ...usageEventErrors,
  ...operatorErrors,
  ...buyerErrors,
}

export type ErrorCode = keyof typeof catalogue

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(catalogue, text)

export const errorCatalogue: Readonly<Record<ErrorCode, ErrorEntry>> = catalogue
