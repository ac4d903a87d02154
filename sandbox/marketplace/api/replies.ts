/** How the fulfilment API says no. The real service writes its errors in several shapes; each place here keeps to one of them. */
import type { FastifyReply } from 'fastify'
import type { Answer, Refusal } from '../answer.ts'

/** `{code, message, target, details}` for 400, 404 and 409; `{error: {code, message}}` for the rest. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, code, message, target = null } = refusal
  reply.code(status)
  if (status === 403 || status === 500) return reply.send({ error: { code, message } })
  return reply.send({ code, message, target, details: target === null ? [] : [{ code, message, target }] })
}

/** Just a text, in JSON: what some 403s are. */
export const sendBareText = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(message))

/** Yes by `send`, no by the service's words. */
export const sendAnswer = <T>(reply: FastifyReply, answer: Answer<T>, send: (value: T) => FastifyReply): FastifyReply =>
  answer.ok ? send(answer.value) : sendRefusal(reply, answer.refusal)

export const badArgument = (message: string, target?: string): Refusal => ({
  status: 400,
  code: 'BadArgument',
  message,
  ...(target === undefined ? {} : { target }),
})

export const notFound = (what: string): Refusal => ({ status: 404, code: 'NotFound', message: `${what} was not found.` })

export const foreign = (clientId: string): string =>
  `The application ${clientId} calling the API is not the one in the technical configuration of the offer.`
