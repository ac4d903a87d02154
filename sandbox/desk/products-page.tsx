/** Each product: its place on the shelf, its versions, how its requests are answered. */
import type { VNode } from 'preact'
import type { ConnectWorld } from '../connect/index.ts'
import { Tag } from '../layout.tsx'
import { isModeKey, MODES, modeKeyOf } from './actions.ts'
import { NewVersion, Shelf } from './listings.tsx'
import { deskPage } from './parts.tsx'

export const productsPage = (world: ConnectWorld): string =>
  deskPage(world, {
    title: 'Products',
    tab: 'Products',
    children: (
      <>
        <div class="head">
          <h1>Products</h1>
          <p class="lead">
            Put products on the distributor’s shelf, publish new versions, and decide orders yourself or let the vendor’s system answer.
          </p>
        </div>
        <div class="grid">
          {[...world.state.products.keys()].map((id) => (
            <ProductCard key={id} world={world} id={id} />
          ))}
        </div>
      </>
    ),
  })

function ProductCard({ world, id }: { readonly world: ConnectWorld; readonly id: string }): VNode {
  const { seed } = world.product(id)
  const current = modeKeyOf(world.mode(id))
  return (
    <section class="card" aria-labelledby={id}>
      <div class="tight">
        <h2 id={id}>{seed.name}</h2>
        <p class="mono muted small">{seed.id}</p>
        <p class="muted">{seed.shortDescription}</p>
      </div>
      <p class="row">
        {seed.capabilities.hold && <Tag plain>can be suspended</Tag>}
        {seed.capabilities.cartValidation && <Tag plain>validates drafts</Tag>}
        {seed.capabilities.tierConfigs && <Tag plain>sets up resellers</Tag>}
        {seed.capabilities.ppu && <Tag plain>metered</Tag>}
      </p>
      <Shelf world={world} id={id} />
      <NewVersion world={world} id={id} />
      <form method="post" action={`/desk/products/${id}/mode`} class="tight">
        <label for={`mode-${id}`}>How requests are answered</label>
        <select id={`mode-${id}`} name="mode">
          {Object.entries(MODES).map(([key, { label }]) => (
            <option key={key} value={key} selected={isModeKey(key) && key === current}>
              {label}
            </option>
          ))}
        </select>
        <button class="button wide" type="submit">
          Save
        </button>
      </form>
    </section>
  )
}
