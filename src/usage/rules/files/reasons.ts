/** Why a record of a usage file cannot be billed: stable codes, and plain words for the vendor. Pure. */

export const recordReasons = {
  ASSET_UNKNOWN: 'No subscription is known for the asset',
  ASSET_AMBIGUOUS: 'The asset’s ids belong to different subscriptions',
  OTHER_PRODUCT: 'The asset is a subscription of another product',
  OTHER_ENVIRONMENT: 'The file and the subscription are not both for test or both for production',
  NOT_ACTIVE: 'The subscription was not active when it was consumed',
  AFTER_END: 'It was consumed after the subscription had ended',
  ITEM_UNKNOWN: 'The record names no item',
  ITEM_NOT_MAPPED: 'The item is not mapped in the plan the customer had',
  ITEM_RESERVED: 'The item is billed by seats, not by usage',
  SOURCE_IS_API: 'Usage of this dimension is told by the application, not in files',
  SCHEMA_REFUSED: 'Only quantities (QT) are billed: the dimension is not priced in the file’s currency',
  SCHEMA_UNKNOWN: 'The file’s schema is not known',
  QUANTITY_UNREADABLE: 'The quantity is no number with at most 8 decimals',
  QUANTITY_NEGATIVE: 'The quantity is below zero',
  QUANTITY_TOO_FINE: 'The quantity has more decimals than the item counts in',
  TIME_MISSING: 'Start or end is missing',
  TIME_REVERSED: 'The end is before the start',
  TIME_TOO_LONG: 'The record spans more than a year',
  IN_FUTURE: 'It is stamped in the future',
  TOO_LATE: 'It comes too late for its hour, and the product does not take late usage',
  WHOLE_MONTH: 'It is stamped over a whole month, and the product does not take that',
  TOLD_DIFFERENTLY: 'The same record was taken before with other content',
  EXPORT_UNKNOWN: 'The row says it comes from the bridge’s own export, but the bridge has no such usage',
  STATUS_UNKNOWN: 'Connect tells a status of the record that is not known',
} as const satisfies Readonly<Record<string, string>>

export type RecordReason = keyof typeof recordReasons

export const isRecordReason = (code: string): code is RecordReason => Object.hasOwn(recordReasons, code)
