/** `/products` and what belongs to them; read by both sides. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { configurationCollection, configurationWire, setConfiguration } from '../catalogue/configurations.ts'
import type { Product } from '../catalogue/products.ts'
import {
  actionCollection,
  connectionCollection,
  itemCollection,
  parameterCollection,
  productCollection,
  templateCollection,
} from '../collections/products.ts'
import { isObject } from '../json.ts'
import { isVisible } from '../listings/move.ts'
import { invalid } from '../refusal.ts'
import type { Collection } from '../rql/collection.ts'
import type { State } from '../state.ts'
import { productWire } from '../wire/products.ts'
import { found, oneById, param, roleOf, sendList } from './http.ts'

export function productRoutes(app: FastifyInstance, state: State): void {
  const productAt = (call: FastifyRequest): Product => found(state.products.get(param(call, 'id')), 'Product')
  const part = <T>(name: string, collection: (product: Product) => Collection<T>): void => {
    app.get(`/products/:id/${name}`, (call, reply) => sendList(call, reply, collection(productAt(call))))
    app.get(`/products/:id/${name}/:part`, async (call) => oneById(collection(productAt(call)), param(call, 'part')))
  }

  app.get('/products', (call, reply) => sendList(call, reply, productCollection(state, roleOf(call))))
  app.get('/products/:id', async (call) => {
    const product = productAt(call)
    return productWire(product, isVisible(state, product.seed.id))
  })
  part('items', itemCollection)
  part('parameters', parameterCollection)
  part('templates', templateCollection)
  part('actions', actionCollection)
  part('connections', connectionCollection)
  app.get('/products/:id/configurations', (call, reply) => sendList(call, reply, configurationCollection(productAt(call))))
  app.post('/products/:id/configurations', async (call, reply) => {
    const product = productAt(call)
    return reply.code(201).send(configurationWire(product, setConfiguration(state, product, call.body)))
  })
  app.get('/products/:id/versions', (call, reply) => {
    const product = productAt(call)
    return sendList(call, reply, {
      fields: {},
      all: () => [product],
      render: () => productWire(product, isVisible(state, product.seed.id)),
    })
  })
  app.get('/products/:id/actions/:part/actionLink', async (call) => actionLink(state, productAt(call), call))
}

/** A link that works for one asset and a short time: fetched on click, never kept. */
function actionLink(state: State, product: Product, call: FastifyRequest): { link: string } {
  const action = found(
    product.actions.find(({ id }) => id === param(call, 'part')),
    'Action',
  )
  const assetId = isObject(call.query) ? call.query['asset_id'] : undefined
  if (typeof assetId !== 'string') throw invalid('asset_id: This field is required.')
  const asset = found(state.assets.get(assetId), 'Asset')
  if (asset.productId !== product.seed.id) throw invalid(`asset_id: Asset "${assetId}" is of another product.`)
  const until = Math.floor(state.clock.now().getTime() / 1000) + 300
  return { link: `${state.publicUrl()}/connect/vendor/${action.action}?asset=${asset.id}&until=${until}` }
}
