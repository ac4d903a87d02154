/** The pictures of products, drawn here. Below the host, not below the API: where Connect's paths of pictures point. */
import { crc32, deflateSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { param } from '../routes/http.ts'
import type { State } from '../state.ts'

/** Microsoft takes squares of 216 to 350 pixels; vendors draw for Connect, not for Microsoft. */
const SIZES = { square: 300, small: 64 } as const

export function pictureRoutes(app: FastifyInstance, state: State): void {
  app.get('/media/:account/:product/icon.png', (call, reply) => {
    const product = state.products.get(param(call, 'product'))
    const { productPictures: how } = state.options
    if (!product || how === 'missing') return reply.code(404).send()
    if (how === 'withToken' && !call.headers.authorization) return reply.code(401).send()
    return reply.type('image/png').send(drawn(how === 'small' ? SIZES.small : SIZES.square, hueOf(product.seed.id)))
  })
}

type Colour = readonly [number, number, number]

const COLOURS: readonly Colour[] = [
  [15, 98, 140],
  [122, 62, 157],
  [18, 122, 90],
  [173, 76, 24],
  [160, 40, 88],
]
const hueOf = (id: string): Colour => COLOURS[Number(id.slice(-1)) % COLOURS.length] ?? [15, 98, 140]

/** A leaf, as Larkspur has it: two quarters of a circle on a ground of one colour. */
function drawn(size: number, ground: Colour): Buffer {
  const rows = Array.from({ length: size }, (_, y) => Buffer.from([0, ...row(size, y, ground)]))
  return png(size, deflateSync(Buffer.concat(rows)))
}

function row(size: number, y: number, ground: Colour): readonly number[] {
  const reach = size * 0.62
  const isLeaf = (x: number): boolean =>
    Math.hypot(x - size * 0.19, y - size * 0.81) < reach && Math.hypot(x - size * 0.81, y - size * 0.19) < reach
  return Array.from({ length: size }, (_, x) => (isLeaf(x) ? [255, 255, 255] : ground)).flat()
}

/** Eight bits of red, green and blue for each pixel. */
function png(size: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
