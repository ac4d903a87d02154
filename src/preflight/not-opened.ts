/** What cannot be opened cannot be asked: the finding that stands for the whole report then. */
import { AppError, type ErrorCode, errorCatalogue } from '../kit/errors/index.ts'
import { failed } from './rules/check.ts'
import type { InstallationCode } from './rules/installation.ts'
import type { Examined } from './run.ts'

/** @returns `undefined` when it is about neither the database nor its keys */
export function notOpened(error: unknown): Examined | undefined {
  const code = error instanceof AppError ? checkOf(error.code) : undefined
  if (!(error instanceof AppError) || code === undefined) return undefined
  const { todo } = errorCatalogue[error.code]
  return { code, step: 4, ...failed(`${error.message} (${error.code}) Nothing else could be looked at.`, todo) }
}

function checkOf(code: ErrorCode): InstallationCode | undefined {
  if (code === 'ERR_DB_NEWER' || code === 'ERR_DB_MIGRATION') return 'MIGRATIONS'
  if (code.startsWith('ERR_DB_')) return 'DATABASE'
  return code === 'ERR_MASTER_KEY' ? 'MASTER_KEY' : undefined
}
