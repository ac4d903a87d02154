/** Which headers of a call are kept: those that help to find it again, none that proves anything. */
import type { IncomingHttpHeaders } from 'node:http'

const KEPT = new Set([
  'accept',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'host',
  'request-id',
  'traceparent',
  'transfer-encoding',
  'user-agent',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-ms-activityid',
  'x-ms-client-request-id',
  'x-ms-correlationid',
  'x-ms-requestid',
  'x-request-id',
])
const LONGEST_VALUE = 500

export const keptHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || !KEPT.has(name) ? [] : [[name, String(value).slice(0, LONGEST_VALUE)]],
    ),
  )
