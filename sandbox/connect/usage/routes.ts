/** `/usage/files`, `/usage/records`, `/usage/chunks`, `/usage/aggregates`. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { at, type JsonObject } from '../json.ts'
import type { Role } from '../records.ts'
import { invalid, Refusal, wrongState } from '../refusal.ts'
import { found, only, param, roleOf, sendList } from '../routes/http.ts'
import type { State } from '../state.ts'
import { type Closing, closeMany, closeRecord, judgeRecord } from './close.ts'
import { aggregateCollection, chunkCollection, fileCollection, isVisible, recordCollection } from './collections.ts'
import { acceptFile, approveAll, closeFile, createFile, deleteFile, rejectFile, submitFile, uploadFailed, uploadRows } from './files.ts'
import { linkTo, SPREADSHEET } from './links.ts'
import { processedSheet, readSheet, templateSheet } from './sheet.ts'
import type { UsageChunkRecord, UsageFileRecord } from './types.ts'
import { chunkWire, exactNumbers, fileDetailWire, recordWire } from './wire.ts'

const textOf = (body: unknown, name: string): string => {
  const value = at(body, name)
  return typeof value === 'string' ? value : ''
}

/** Who may, and what happens. The rest is refused by the file's state. */
const actions: Readonly<Record<string, readonly [Role, (state: State, file: UsageFileRecord, body: unknown) => void]>> = {
  submit: ['vendor', submitFile],
  delete: ['vendor', deleteFile],
  accept: ['provider', (state, file, body) => acceptFile(state, file, textOf(body, 'acceptance_note'))],
  reject: ['provider', (state, file, body) => rejectFile(state, file, textOf(body, 'rejection_note'))],
  close: ['provider', closeFile],
}

export function usageRoutes(app: FastifyInstance, state: State): void {
  app.addHook('onSend', async (_call, _reply, payload) => (typeof payload === 'string' ? exactNumbers(payload) : payload))
  fileRoutes(app, state)
  uploadRoutes(app, state)
  recordRoutes(app, state)
  chunkRoutes(app, state)
  app.get('/usage/aggregates', (call, reply) => {
    only('provider', call)
    return sendList(call, reply, aggregateCollection(state))
  })
}

const shown = (state: State, file: UsageFileRecord): JsonObject => fileDetailWire(state, file, (kind) => linkTo(state, file, kind))

function fileAt(state: State, call: FastifyRequest): UsageFileRecord {
  const file = found(state.usage.files.get(param(call, 'id')), 'UsageFile')
  return found(isVisible(file, roleOf(call)) ? file : undefined, 'UsageFile')
}

function fileRoutes(app: FastifyInstance, state: State): void {
  app.get('/usage/files', (call, reply) => sendList(call, reply, fileCollection(state, roleOf(call))))
  app.get('/usage/files/:id', async (call) => shown(state, fileAt(state, call)))
  app.post('/usage/files', async (call, reply) => {
    only('vendor', call)
    const { body } = call
    const file = createFile(state, {
      productId: textOf(body, 'product.id'),
      period: { from: textOf(body, 'period.from'), to: textOf(body, 'period.to') },
      name: textOf(body, 'name') || undefined,
      externalId: textOf(body, 'external_id') || undefined,
      description: textOf(body, 'description') || undefined,
      currency: textOf(body, 'currency') || undefined,
    })
    return reply.code(201).send(shown(state, file))
  })
  for (const [name, [role, act]] of Object.entries(actions)) {
    app.post(`/usage/files/:id/${name}`, async (call) => {
      only(role, call)
      const file = fileAt(state, call)
      act(state, file, call.body)
      return shown(state, file)
    })
  }
  app.put('/usage/files/:id/approve-all', async (call) => {
    only('provider', call)
    approveAll(state, fileAt(state, call))
    return shown(state, fileAt(state, call))
  })
}

const LARGEST_UPLOAD = 100_000_000

function uploadRoutes(app: FastifyInstance, state: State): void {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: LARGEST_UPLOAD },
    async (call: FastifyRequest, body: Buffer | string) => {
      const headers = { 'content-type': call.headers['content-type'] ?? '' }
      return new Response(new Blob([new Uint8Array(typeof body === 'string' ? Buffer.from(body) : body)]), { headers }).formData()
    },
  )
  app.post('/usage/files/:id/upload', async (call) => {
    only('vendor', call)
    const file = fileAt(state, call)
    const sent = call.body instanceof FormData ? call.body.get('usage_file') : undefined
    if (!(sent instanceof Blob)) throw invalid('usage_file: No file was submitted.')
    await fill(state, file, new Uint8Array(await sent.arrayBuffer()))
    return shown(state, file)
  })
  app.get('/usage/products/:id/template', async (call, reply) => {
    found(state.products.get(param(call, 'id')), 'Product')
    return reply.type(SPREADSHEET).send(templateSheet())
  })
}

/** A sheet that cannot be read makes the file invalid, which is an answer and no error. */
async function fill(state: State, file: UsageFileRecord, bytes: Uint8Array): Promise<void> {
  try {
    uploadRows(state, file, await readSheet(bytes))
  } catch (error) {
    if (!(error instanceof Refusal) || !error.message.startsWith('usage_file:')) throw error
    uploadFailed(state, file, error.message)
  }
}

const closingOf = (id: string, body: unknown): Closing => ({
  id,
  billingId: textOf(body, 'external_billing_id'),
  note: textOf(body, 'external_billing_note'),
})

function recordRoutes(app: FastifyInstance, state: State): void {
  const recordAt = (call: FastifyRequest) => found(state.usage.records.get(param(call, 'id')), 'UsageRecord')
  app.get('/usage/records', (call, reply) => sendList(call, reply, recordCollection(state, roleOf(call))))
  app.get('/usage/records/:id', async (call) => recordWire(state, recordAt(call)))
  app.put('/usage/records/:id', async (call) => {
    only('provider', call)
    judgeRecord(state, recordAt(call), at(call.body, 'status'))
    return recordWire(state, recordAt(call))
  })
  app.post('/usage/records/:id/close', async (call) => {
    only('provider', call)
    return recordWire(state, closeRecord(state, closingOf(param(call, 'id'), call.body)))
  })
  app.post('/usage/records/close-records', { bodyLimit: 10_000_000 }, async (call, reply) => {
    only('provider', call)
    const sent: readonly unknown[] = Array.isArray(call.body) ? call.body : []
    const results = closeMany(
      state,
      sent.map((each) => closingOf(textOf(each, 'id'), each)),
    )
    return reply.code(state.options.bulkCloseStatus).send(results)
  })
}

function chunkRoutes(app: FastifyInstance, state: State): void {
  const chunkAt = (call: FastifyRequest): UsageChunkRecord => {
    only('provider', call)
    return found(state.usage.chunks.get(param(call, 'id')), 'PartUsageFile')
  }
  app.get('/usage/chunks', (call, reply) => {
    only('provider', call)
    return sendList(call, reply, chunkCollection(state))
  })
  app.get('/usage/chunks/:id', async (call) => chunkWire(state, chunkAt(call)))
  app.put('/usage/chunks/:id', async (call) => {
    const chunk = chunkAt(call)
    chunk.externalId = textOf(call.body, 'external_id')
    return chunkWire(state, chunk)
  })
  app.post('/usage/chunks/:id/close', async (call) => {
    const chunk = chunkAt(call)
    if (chunk.status !== 'ready') throw wrongState(`A chunk in status "${chunk.status}" cannot be closed.`)
    Object.assign(chunk, { status: 'closed', billingId: textOf(call.body, 'external_billing_id') })
    return chunkWire(state, chunk)
  })
  app.get('/usage/chunks/:id/download', async (call, reply) => {
    const file = found(state.usage.files.get(chunkAt(call).fileId), 'UsageFile')
    return reply.type(SPREADSHEET).send(processedSheet(state, file))
  })
}
