/** Can our own addresses be reached: from outside through a probe, or else from here, which says less. */
import { z } from 'zod'
import { HttpFailure } from '../../kit/http.ts'
import { seconds } from '../../kit/time.ts'
import { PREFLIGHT_MARK } from '../../subscriptions/index.ts'
import type { Asked } from '../rules/check.ts'
import type { Reached } from '../rules/product.ts'
import type { DoctorDeps } from './deps.ts'

const answer = z.object({ status: z.number().int().nullable() })

export async function reach({ http, reachabilityProbe }: DoctorDeps, url: string, method: 'GET' | 'POST'): Promise<Asked<Reached>> {
  const from = reachabilityProbe === undefined ? 'here' : 'outside'
  try {
    const once = { timeout: seconds(15), maxAttempts: 1 }
    if (reachabilityProbe === undefined) {
      const { status } = await http.send({ method, url: marked(url), ...once, ...(method === 'POST' ? EMPTY : {}) })
      return { answered: true, value: { from, url, status } }
    }
    const asked = new URL(reachabilityProbe)
    asked.searchParams.set('url', marked(url).href)
    asked.searchParams.set('method', method)
    const reply = await http.send({ method: 'GET', url: asked, ...once })
    const read = answer.safeParse(reply.status === 200 ? JSON.parse(reply.text) : undefined)
    if (!read.success)
      return { answered: false, because: `The probe at ${asked.origin} answers ${reply.status}, and not with { "status": … }.` }
    return { answered: true, value: { from, url, status: read.data.status ?? undefined } }
  } catch (error) {
    if (error instanceof SyntaxError) return { answered: false, because: 'The probe does not answer with JSON.' }
    if (!(error instanceof HttpFailure)) throw error
    if (reachabilityProbe !== undefined) return { answered: false, because: `The probe does not answer (${error.message}).` }
    return { answered: true, value: { from, url, status: undefined } }
  }
}

const EMPTY = { headers: { 'content-type': 'application/json' }, body: '{}' }

/** So that our own doors know the call for what it is: see `notification/route.ts`. */
function marked(address: string): URL {
  const url = new URL(address)
  url.searchParams.set(PREFLIGHT_MARK, '1')
  return url
}
