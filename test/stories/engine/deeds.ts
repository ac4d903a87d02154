/** Every word a story may use for what happens. */
import { askingDeeds } from './asking-deeds.ts'
import { customerDeeds } from './customer-deeds.ts'
import type { Scene } from './stage.ts'
import { vendorDeeds } from './vendor-deeds.ts'
import { worldDeeds } from './world-deeds.ts'

export const deeds = { ...customerDeeds, ...vendorDeeds, ...askingDeeds, ...worldDeeds } as const

export type DeedName = keyof typeof deeds
export const deedNames = Object.keys(deeds) as readonly DeedName[]

/** One happening of a story, read and ready. */
export interface Happening {
  readonly words: DeedName
  readonly act: (scene: Scene) => unknown
}
