/** An operator's action over HTTP: with `dryRun` only what will happen, otherwise doing it. */
import type { FastifyReply } from 'fastify'
import { AppError } from '../kit/errors/index.ts'
import type { OperatorAction } from '../operator/index.ts'

/** 200 done or previewed, 202 asked for and on its way. @throws AppError `ERR_ACTION_NOT_POSSIBLE` with `reason` and `hints` */
export async function carryOut(reply: FastifyReply, action: OperatorAction, dryRun: boolean): Promise<FastifyReply> {
  if (dryRun) return reply.send({ preview: await action.preview(), done: null })
  const done = await action.carryOut()
  if (done.outcome === 'notPossible') {
    const { because, reason, hints } = done
    throw new AppError('ERR_ACTION_NOT_POSSIBLE', { message: because, facts: { reason, hints } })
  }
  return reply.code(done.outcome === 'done' ? 200 : 202).send({ done })
}
