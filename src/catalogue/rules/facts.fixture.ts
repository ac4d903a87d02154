/** Products for tests, in few words. */
import { itemId, productId } from '../../kit/ids.ts'
import type { ItemFacts, ProductFacts } from './facts.ts'

type Wish = Partial<Omit<ItemFacts, 'id'>>

/** A published item by its number. */
export const item = (number: number, type: ItemFacts['type'], wish: Wish = {}): ItemFacts => ({
  id: itemId.parse(`PRD-100-200-300-${String(number).padStart(4, '0')}`),
  name: `Item ${number}`,
  description: `What item ${number} is good for.`,
  type,
  status: 'published',
  unit: 'Seats',
  period: 'Monthly',
  precision: 'Integer',
  commitment: {},
  dynamic: false,
  position: number * 10_000,
  groupId: 'default',
  ...wish,
})

export const seats = (number: number, wish: Wish = {}): ItemFacts => item(number, 'Reservation', wish)
export const usage = (number: number, wish: Wish = {}): ItemFacts => item(number, 'PPU', { unit: 'Calls', ...wish })

export const product = (items: readonly ItemFacts[], name = 'Planner'): ProductFacts => ({
  id: productId.parse('PRD-100-200-300'),
  name,
  version: 3,
  summary: 'Plans work for teams.',
  descriptionHtml: '<p>Plans work for teams.</p>',
  gettingStartedHtml: '<p>Sign in.</p>',
  links: [],
  items,
})
