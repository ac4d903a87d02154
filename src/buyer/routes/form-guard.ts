import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { cameFromOurPage, isFormToken, type Session } from '../../identity/index.ts'
import { AppError } from '../../kit/errors/index.ts'

/** A posted form: texts, or several of one name. */
const form = z.record(z.string(), z.unknown())

/**
 * The form's fields, once it is certain that our own page sent them in this session.
 * @throws AppError `ERR_FORM_NOT_OURS`
 */
export function readOwnForm(request: FastifyRequest, session: Session, publicUrl: string): Readonly<Record<string, unknown>> {
  const fields = form.safeParse(request.body).data ?? {}
  if (cameFromOurPage(request.headers, publicUrl) && isFormToken(session, fields['csrfToken'])) return fields
  throw new AppError('ERR_FORM_NOT_OURS')
}
