/** Answers of the buyer's pages: HTML, and the one page for everything that went wrong. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'
import type { Log } from '../../kit/log.ts'
import type { BuyerPage, PageFrame } from '../views/page.ts'
import { renderPage } from '../views/pages.tsx'
import { localeOf } from './locale.ts'
import { rawQuery } from './params.ts'
import { failureFacts, type Problem, problem, problemOf } from './problem.ts'
import { hasPurchaseToken } from './purchase-token.ts'
import { newReference } from './reference.ts'
import { contentSecurityPolicy } from './security-headers.ts'
import { toldAs } from './told.ts'

export const sendPage = (reply: FastifyReply, page: BuyerPage, frame: PageFrame, status = 200): FastifyReply =>
  sendHtml(reply, renderPage(page, frame), status, frame.product?.iconUrl)

export const sendHtml = (reply: FastifyReply, html: string, status = 200, iconUrl?: string): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', contentSecurityPolicy(iconUrl))
    .send(html)

export interface ProblemAnswer {
  readonly frame?: PageFrame | undefined
  /** Where trying again leads. */
  readonly retryPath?: string | undefined
  /** For the log. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined
}

/** An expected refusal, by its code. */
export const refuse = (log: Log, request: FastifyRequest, reply: FastifyReply, code: ErrorCode, answer: ProblemAnswer = {}): FastifyReply =>
  sendProblem(log, request, reply, problem(code), answer)

/** Whatever was thrown. */
export function sendFailure(
  log: Log,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  answer: ProblemAnswer = {},
): FastifyReply {
  const thrown = error instanceof Error && 'code' in error ? error.code : undefined
  return sendProblem(log, request, reply, problemOf(error), { ...answer, facts: { ...failureFacts(error), thrown, ...answer.facts } })
}

function sendProblem(log: Log, request: FastifyRequest, reply: FastifyReply, shown: Problem, answer: ProblemAnswer): FastifyReply {
  const { code, status, retryAfter } = shown
  const reference = newReference()
  const level = status >= 500 ? 'warn' : 'info'
  log[level]({ reference, code, status, route: request.routeOptions.url, ...answer.facts }, errorCatalogue[code].what)
  if (hasPurchaseToken(rawQuery(request))) return reply.redirect(addressWithoutToken(request, code), 302)
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  if (answersJson(request)) return reply.code(status).send({ error: { code, message: errorCatalogue[code].what, reference } })
  const frame = answer.frame ?? { locale: localeOf(request.headers['accept-language']) }
  return sendPage(reply, { kind: 'problem', code, status, reference, retryPath: answer.retryPath }, frame, status)
}

/** No page is rendered, and nothing stays in the history, where a purchase token is in the address: the same place tells it without. */
function addressWithoutToken(request: FastifyRequest, code: ErrorCode): string {
  const [path = '/'] = (request.raw.url ?? '/').split('?')
  const told = toldAs(code)
  return told === undefined ? path : `${path}?problem=${told}`
}

/** The one address a script reads. */
const answersJson = (request: FastifyRequest): boolean => request.routeOptions.url?.endsWith('/status') ?? false
