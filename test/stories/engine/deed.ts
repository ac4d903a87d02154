/** A kind of happening: what it needs to know, and how it is brought about. */
import { z } from 'zod'
import type { Bought } from '../../helpers/world.ts'
import type { Scene } from './stage.ts'

type Act = (scene: Scene) => unknown

export type DeedReading = { readonly success: true; readonly act: Act } | { readonly success: false; readonly error: z.ZodError }

export interface Deed {
  read(given: unknown): DeedReading
}

/** Needs something to be said: `the vendor fails it: No capacity.` */
export const deed = <S extends z.ZodType>(schema: S, act: (scene: Scene, given: z.output<S>) => unknown): Deed => ({
  read(given) {
    const read = schema.safeParse(given)
    return read.success ? { success: true, act: (scene) => act(scene, read.data) } : { success: false, error: read.error }
  },
})

/** A sentence that says all there is to say. */
export const plainDeed = (act: Act): Deed => deed(z.undefined(), act)

export function boughtIn({ bought }: Scene): Bought {
  if (!bought) throw new Error('nothing has been bought yet in this story')
  return bought
}

export const idIn = (scene: Scene): string => boughtIn(scene).key.subscriptionId

const UNITS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
type Unit = keyof typeof UNITS

/** `3 days`, `90 seconds`. */
export const length = z
  .string()
  .regex(/^\d+ (second|minute|hour|day)s?$/, 'expected a length of time, such as "3 days"')
  .transform((text) => {
    const [count = '', unit = ''] = text.split(' ')
    return Number(count) * UNITS[unit.replace(/s$/, '') as Unit]
  })

/** Quantities by the name of the item: `{ Professional: 30 }`. */
export const byItemName = z.record(z.string(), z.number().int().min(0))
