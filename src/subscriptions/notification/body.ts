/** The body of a call to the webhook, whatever it is: read to 1 MiB, the rest passed over. Never refused for its length or its pace. */
import type { Readable } from 'node:stream'
import { type Milliseconds, seconds } from '../../kit/time.ts'

export interface ReceivedBody {
  readonly text: string
  /** As far as they were read. */
  readonly bytes: number
  /** Longer than 1 MiB, broken off, or too slow. */
  readonly truncated: boolean
}

export const LONGEST_BODY = 1024 * 1024
/** The sender waits for an answer within ten seconds: what has not come by then is done without. */
const PATIENCE: Milliseconds = seconds(5)

export function readBody(stream: Readable, patience: Milliseconds = PATIENCE): Promise<ReceivedBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let [kept, bytes] = [0, 0]
    const timer = setTimeout(() => done(true), patience)
    function done(brokenOff: boolean): void {
      clearTimeout(timer)
      resolve({ text: Buffer.concat(chunks).toString('utf8'), bytes, truncated: brokenOff || bytes > kept })
    }
    if (stream.destroyed) return done(true) // broken off while the sender was being proved
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      const part = chunk.subarray(0, LONGEST_BODY - kept)
      if (part.length === 0) return
      kept += part.length
      chunks.push(part)
    })
    stream.once('end', () => done(false))
    stream.once('error', () => done(true))
    stream.once('close', () => done(true))
  })
}

const PURCHASE_TOKEN = /("purchaseToken"\s*:\s*")(?:[^"\\]|\\.)+(")/gi

/** A purchase token opens the subscription for a day: it is not kept. */
export const withoutPurchaseToken = (text: string): string => text.replace(PURCHASE_TOKEN, '$1[removed]$2')

const MAIL_ADDRESS = /[^\s"'<>\\:,;]+@[^\s"'<>\\,;]+/g

/** For screens: the people in the body are nobody's business there. */
export const withoutMailAddresses = (text: string): string => text.replace(MAIL_ADDRESS, '[e-mail]')
