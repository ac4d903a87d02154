/** What goes wrong, as Problem Details (RFC 9457) with our codes. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type ErrorCode, errorCatalogue } from '../kit/errors/index.ts'
import type { Log } from '../kit/log.ts'

export interface ProblemBody {
  /** `urn:marketplace-bridge:ERR_…` */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail: string
  readonly todo: string
  /** To be named to whoever reads the log. */
  readonly requestId: string
}

export function sendProblem(log: Log, request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const known = error instanceof AppError ? error : ofFramework(error)
  const { status, what, todo } = errorCatalogue[known.code]
  const facts = { requestId: request.id, code: known.code, status, route: request.routeOptions.url, thrown: nameOf(error) }
  log[status >= 500 ? 'warn' : 'info'](facts, what)
  const body: ProblemBody = {
    type: `urn:marketplace-bridge:${known.code}`,
    title: what,
    status,
    code: known.code,
    detail: known.message,
    todo,
    requestId: request.id,
    ...shown(known),
  }
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="Marketplace Bridge"')
  return reply.code(status).type('application/problem+json').send(body)
}

/** Facts made for whoever asked; those of calls to others stay in the log. */
const shown = ({ facts }: AppError): Readonly<Record<string, unknown>> =>
  Object.fromEntries(['fields', 'scope', 'reason', 'hints', 'offered'].flatMap((name) => (name in facts ? [[name, facts[name]]] : [])))

/** Fastify's own refusals carry their status; everything else is ours to answer for, and its text stays inside. */
function ofFramework(error: unknown): AppError {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined
  const refused = typeof status === 'number' && status >= 400 && status < 500
  return refused
    ? new AppError('ERR_BAD_INPUT', { message: 'The request cannot be read: expected JSON, of at most 1 MiB.' })
    : new AppError('ERR_INTERNAL', { cause: error })
}

const nameOf = (error: unknown): string | undefined => (error instanceof AppError || !(error instanceof Error) ? undefined : error.name)
