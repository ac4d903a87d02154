/** What the vendor asks of the shelf, and new versions of a product. */
import type { VNode } from 'preact'
import type { ConnectWorld } from '../connect/index.ts'
import { openListingRequest } from '../connect/listings/move.ts'
import type { ListingRequest } from '../connect/records.ts'
import { invalid, notFound } from '../connect/refusal.ts'
import { field } from '../connect/routes/forms.ts'
import { PostButton, Tag, type Tone } from '../layout.tsx'

const TONES: Readonly<Record<ListingRequest['state'], Tone>> = {
  draft: 'neutral',
  reviewing: 'warn',
  deploying: 'info',
  completed: 'good',
  canceled: 'bad',
}
const ASKS = { new: 'to be listed', update: 'to be listed anew', remove: 'to be taken off' } as const

export function Shelf({ world, id }: { readonly world: ConnectWorld; readonly id: string }): VNode {
  const { listing, open, last } = shelfOf(world, id)
  const isListed = listing?.status === 'listed'
  const to = (action: string) => `/desk/products/${id}/${action}`
  return (
    <div class="tight">
      <p>
        <strong>{isListed ? `On the shelf, version ${listing.productVersion}` : 'Not on the shelf'}</strong>
      </p>
      {last && (
        <p class="muted small">
          Asked {ASKS[last.type]}: <Tag tone={TONES[last.state]}>{last.state}</Tag>
        </p>
      )}
      {!open && (
        <div class="row">
          {isListed ? (
            <>
              <PostButton action={to('update')} kind="small">
                Ask to list anew
              </PostButton>
              <PostButton action={to('remove')} kind="danger small">
                Ask to remove
              </PostButton>
            </>
          ) : (
            <PostButton action={to('new')} kind="primary">
              Ask to list
            </PostButton>
          )}
        </div>
      )}
    </div>
  )
}

function shelfOf(world: ConnectWorld, id: string) {
  const listing = [...world.state.listings.values()].find(({ productId }) => productId === id)
  return { listing, open: listing && openListingRequest(world.state, listing), last: world.listingRequests(id).at(-1) }
}

/** Folded away: what a version brings is one new item here, the rest is for the API. */
export const NewVersion = ({ world, id }: { readonly world: ConnectWorld; readonly id: string }): VNode => (
  <details>
    <summary>Publish version {world.product(id).version + 1}</summary>
    <form method="post" action={`/desk/products/${id}/version`} class="tight">
      <label for={`item-${id}`}>New item (may be left empty)</label>
      <input id={`item-${id}`} name="item" type="text" maxLength={60} placeholder="Professional" />
      <label for={`type-${id}`}>How it is sold</label>
      <select id={`type-${id}`} name="type">
        <option value="Reservation">By the seat</option>
        <option value="PPU">By use</option>
      </select>
      <label for={`ended-${id}`}>No longer sold</label>
      <select id={`ended-${id}`} name="ended">
        <option value="">Nothing</option>
        {soldItems(world, id).map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
      </select>
      <button class="button wide" type="submit">
        Publish
      </button>
    </form>
  </details>
)

const soldItems = (world: ConnectWorld, id: string) => {
  const { seed, endOfSale } = world.product(id)
  return seed.items.filter((item) => !endOfSale.has(item.id))
}

/** @throws Refusal when something is asked already, or it is nothing that can be asked */
export function shelfAction(world: ConnectWorld, id: string, action: string, body: unknown): void {
  if (action === 'new' || action === 'update' || action === 'remove') world.askToList(id, action, 'Asked at the desk.')
  else if (action === 'version') publish(world, id, body)
  else throw notFound(`Action "${action}"`)
}

function publish(world: ConnectWorld, id: string, body: unknown): void {
  const [name, type, ended] = [field(body, 'item'), field(body, 'type'), field(body, 'ended')]
  if (name && type !== 'Reservation' && type !== 'PPU') throw invalid('type: By the seat or by use is expected.')
  const sold = type === 'PPU' ? ({ type, unit: 'Units' } as const) : ({ type: 'Reservation', unit: 'Seats' } as const)
  const mpn = `V${world.product(id).version + 1}-${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '-')}`
  world.publishVersion(id, { added: name ? [{ ...sold, mpn, name }] : [], ended: ended ? [ended] : [] })
}
