import { z } from 'zod'
import { itemId } from '../../kit/ids.ts'
import { dimensionId } from './usage.ts'

export const itemKind = z.enum(['reservation', 'payAsYouGo'])
export type ItemKind = z.infer<typeof itemKind>

/** One Connect item a plan is made of: `reservation` follows the seats, `payAsYouGo` is held without limit. */
export const mappedItem = z
  .strictObject({
    id: itemId,
    kind: itemKind,
    /** What Microsoft meters it as. Without one the flat fee covers it. */
    dimension: dimensionId.optional(),
  })
  .refine(({ kind, dimension }) => dimension === undefined || kind === 'payAsYouGo', 'expected a dimension at Pay-as-you-go items only')
export type MappedItem = z.infer<typeof mappedItem>

/** An item as the rest of the bridge sees it. */
export const planItem = ({ id, kind, dimension }: MappedItem) => ({ itemId: id, kind, dimension })

export const mappedItems = z.array(mappedItem).min(1, 'expected at least one item')
