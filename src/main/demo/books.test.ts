import { expect, test } from 'vitest'
import { quantityOf } from '../../kit/quantity.ts'
import { type Books, differences } from './books.ts'

const event = (id: string, quantity: string) => ({ id, of: 'events in 10:00', quantity: quantityOf(quantity) })
const record = (id: string, quantity: string, billingId: string) => ({ id, status: 'closed', quantity: quantityOf(quantity), billingId })
const agreeing: Books = {
  ledger: [event('a', '3.5')],
  microsoft: [event('a', '3.5')],
  connect: [record('r1', '3', 'a'), record('r2', '0.5', 'a')],
}

test('books that agree have no difference', () => expect(differences(agreeing)).toEqual([]))

test.each<[string, Partial<Books>, string]>([
  [
    'one digit at Microsoft',
    { microsoft: [event('a', '3.50000001')] },
    'event a (events in 10:00): ledger 3.5, Microsoft 3.50000001, Connect 3.5',
  ],
  [
    'an event the ledger does not have',
    { microsoft: [...agreeing.microsoft, event('b', '1')] },
    'event b (events in 10:00): ledger 0, Microsoft 1, Connect 0',
  ],
  ['an event Microsoft does not have', { microsoft: [] }, 'event a (events in 10:00): ledger 3.5, Microsoft 0, Connect 3.5'],
  [
    'billed twice',
    { microsoft: [event('a', '1.75'), event('a', '1.75')] },
    'event a (events in 10:00): ledger 3.5, Microsoft 3.5, Connect 3.5',
  ],
  [
    'closed with nothing',
    { connect: [...agreeing.connect, record('r3', '1', '')] },
    'record r3 is closed in Connect with no event, which no other book has',
  ],
  [
    'not closed',
    { connect: agreeing.connect.map((one) => ({ ...one, status: 'approved' })) },
    'record r1 is approved in Connect, not closed',
  ],
])('a difference is told: %s', (_what, change, words) => expect(differences({ ...agreeing, ...change })[0]).toBe(words))
