/** The ids a support case with Microsoft asks for, of the calls made for one step. */
import { randomUUID } from 'node:crypto'
import type { MicrosoftFulfilment } from '../../microsoft/index.ts'
import type { TimelineEvent } from '../timeline.ts'

export interface Traced {
  readonly microsoft: MicrosoftFulfilment
  /** `x-ms-correlationid` of all its calls: known also when no answer came. */
  readonly correlationId: string
  /** Of the last call: `correlationId`, `requestId` (`x-ms-requestid`), and Microsoft's own `activityId` where it gave one. */
  facts(): TimelineEvent['facts']
}

export function traced(microsoft: MicrosoftFulfilment, correlationId: string = randomUUID()): Traced {
  let last: TimelineEvent['facts'] = {}
  const traced = microsoft.traced({
    correlationId,
    onCall: ({ requestId, activityId }) => {
      last = { requestId, correlationId, ...(activityId === undefined ? {} : { activityId }) }
    },
  })
  return { microsoft: traced, correlationId, facts: () => last }
}
