/** Bodies that browsers post from a form. */
import type { FastifyInstance } from 'fastify'

const TYPE = 'application/x-www-form-urlencoded'

/** Field by field; of a repeated field all values, in order. */
type FormBody = ReadonlyMap<string, readonly string[]>

/** Reads posted forms, whatever the server around this plugin does with them. */
export function formBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(TYPE)
  app.addContentTypeParser(TYPE, { parseAs: 'string', bodyLimit: 100_000 }, (_request, body, done) => done(null, readForm(String(body))))
}

function readForm(text: string): FormBody {
  const fields = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name)
    if (values) values.push(value)
    else fields.set(name, [value])
  }
  return fields
}

/** The first value of a field, without blanks around it; empty when there is none. */
export const field = (body: unknown, name: string): string => (body instanceof Map ? String(body.get(name)?.[0] ?? '').trim() : '')
export const fieldValues = (body: unknown, name: string): readonly string[] => (body instanceof Map ? (body.get(name) ?? []) : [])
