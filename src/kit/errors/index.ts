export { ApiError, type ApiErrorDetails, AppError, type ErrorDetails, hasCode } from './app-error.ts'
export { type ErrorCode, errorCatalogue, isErrorCode } from './catalogue.ts'
export type { ErrorEntry } from './entry.ts'
