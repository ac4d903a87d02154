import { defineErrors } from './entry.ts'

export const spreadsheetErrors = defineErrors({
  ERR_SPREADSHEET_UNREADABLE: {
    what: 'The file is not a spreadsheet that can be read (.xlsx).',
    todo: 'Open it in a spreadsheet program, save it as .xlsx without a password, and send it again.',
    status: 400,
    retryable: false,
  },
  ERR_SPREADSHEET_TOO_LARGE: {
    what: 'The spreadsheet is larger than is taken: in bytes once unpacked, in rows or in cells.',
    todo: 'Split it into smaller files.',
    status: 413,
    retryable: false,
  },
  ERR_SPREADSHEET_SHEET_MISSING: {
    what: 'The spreadsheet has no sheet of the name that is needed.',
    todo: 'Name the sheet as the documentation of the format says.',
    status: 400,
    retryable: false,
  },
})
