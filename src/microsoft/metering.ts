/** Puts the calls of the metering API together for one publisher. What each call does and throws stands beside it in `metering/`. */
import { reportOne, reportUsage } from './metering/report.ts'
import { listUsage } from './metering/totals.ts'
import type { MicrosoftMetering } from './metering/types.ts'
import type { MicrosoftApi } from './request.ts'

/** @param api the token is the one of the fulfilment API; `baseUrl` may be another (`MICROSOFT_METERING_URL`). */
export const createMetering = (api: MicrosoftApi): MicrosoftMetering => ({
  reportUsage: (events, signal) => reportUsage(api, events, signal),
  reportOne: (event, signal) => reportOne(api, event, signal),
  listUsage: (question, signal) => listUsage(api, question, signal),
  traced: (traced) => createMetering({ ...api, traced }),
})
