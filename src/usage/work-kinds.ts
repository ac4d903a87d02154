/** Names of the usage room's objects on the work list. */

/** The hours of a tenant that are to be sealed; the key is the tenant. */
export const SEAL_WORK = 'usage.seal'
/** The sealed slots of a tenant that are to be sent to Microsoft; the key is the tenant. */
export const SEND_WORK = 'usage.send'
/** The usage files of a tenant in Connect; the key is the tenant. */
export const FILES_WORK = 'usage.files'
/** One usage file; the key is Connect's id of it. */
export const FILE_WORK = 'usage.file'
/** The daily comparison of a tenant with Microsoft's own sums; the key is the tenant. */
export const READ_BACK_WORK = 'usage.readBack'
/** What of a tenant Microsoft will not take much longer; the key is the tenant. */
export const RISK_WORK = 'usage.risk'
