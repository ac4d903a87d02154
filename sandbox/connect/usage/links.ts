/** Signed links to files, on another host than the API, that die fast. Whoever has the link needs no token. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { isBefore, plus } from '../../../src/kit/time.ts'
import { param } from '../routes/http.ts'
import type { State } from '../state.ts'
import { recordsOf } from './files.ts'
import { processedSheet, sheetOf } from './sheet.ts'
import type { UsageFileRecord } from './types.ts'

export const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** `localhost` is another host than `127.0.0.1`, as far as any client can tell. */
export function linkTo(state: State, file: UsageFileRecord, kind: 'uploaded' | 'processed'): string {
  const secret = randomUUID()
  state.usage.links.set(secret, { fileId: file.id, kind, expires: plus(state.clock.now(), state.options.linkLifetime) })
  return `${state.publicUrl().replace('://127.0.0.1', '://localhost')}/connect/_files/${file.id}-${kind}.xlsx?signature=${secret}`
}

export function linkRoutes(app: FastifyInstance, state: State): void {
  app.get<{ Querystring: { signature?: string } }>('/_files/:name', async (call, reply) => {
    const link = state.usage.links.get(call.query.signature ?? '')
    const file = link && state.usage.files.get(link.fileId)
    const fits = file && param(call, 'name') === `${file.id}-${link.kind}.xlsx`
    if (!fits || !isBefore(state.clock.now(), link.expires))
      return reply.code(403).type('application/xml').send('<Error><Code>AccessDenied</Code></Error>')
    const sheet = link.kind === 'processed' ? processedSheet(state, file) : sheetOf(recordsOf(state, file).map(({ row }) => row))
    return reply.type(SPREADSHEET).send(sheet)
  })
}
