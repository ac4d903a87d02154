/** Lists in pages: `$maxpagesize`, `continuationToken`, and an absolute `@nextLink` while there is more. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Body } from '../types.ts'
import type { ApiDeps } from './deps.ts'
import { queryOf, refuse } from './frame.ts'

export function sendPage(request: FastifyRequest, reply: FastifyReply, rows: readonly Body[], { context, apiUrl }: ApiDeps): FastifyReply {
  const from = offsetOf(queryOf(request, 'continuationToken'))
  if (from === undefined) return refuse(reply, 400, { code: 'badRequest', message: 'The continuationToken is not valid.' })
  const asked = Number(queryOf(request, '$maxpagesize') ?? context.state.options.pageSize)
  if (!Number.isInteger(asked) || asked < 1) return refuse(reply, 400, { code: 'badRequest', message: 'The $maxpagesize is not valid.' })
  const to = from + Math.min(asked, context.state.options.pageSize)
  const value = rows.slice(from, to)
  return reply.send(to < rows.length ? { value, '@nextLink': nextLink(request, to, apiUrl) } : { value })
}

function nextLink(request: FastifyRequest, from: number, apiUrl: string): string {
  const [path = '', query = ''] = request.url.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('continuationToken', Buffer.from(`at ${from}`).toString('base64'))
  return `${apiUrl}${path.slice(path.indexOf('/product-ingestion') + '/product-ingestion'.length)}?${parameters}`
}

function offsetOf(token: string | undefined): number | undefined {
  if (token === undefined) return 0
  const [, digits] = /^at (\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? []
  return digits === undefined ? undefined : Number(digits)
}
