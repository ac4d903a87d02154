import { z } from 'zod'
import { itemId } from '../../kit/ids.ts'

export const itemKind = z.enum(['reservation', 'payAsYouGo'])
export type ItemKind = z.infer<typeof itemKind>

/** One Connect item a plan is made of: `reservation` follows the seats, `payAsYouGo` is held without limit. */
export const mappedItem = z.strictObject({ id: itemId, kind: itemKind })
export type MappedItem = z.infer<typeof mappedItem>

export const mappedItems = z.array(mappedItem).min(1, 'expected at least one item')
