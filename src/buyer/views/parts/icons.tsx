/** The few icons of the pages; decoration only, the words beside them say it. */
import type { VNode } from 'preact'

const paths = {
  tick: 'M5.5 12.5l4.2 4.2L18.5 8',
  clock: 'M12 7v5l3.2 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  question: 'M9.3 9.2a2.8 2.8 0 1 1 4.2 2.4c-.9.5-1.5 1.1-1.5 2.1M12 17.2v.1M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  pause: 'M9.5 8v8M14.5 8v8M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  cross: 'M8 8l8 8M16 8l-8 8',
  warning: 'M12 9v4.2M12 16.6v.1M12 4.2 3.6 19h16.8L12 4.2Z',
  cart: 'M3.5 5h2.2l2 10h9.6l1.8-7H6.4M9.5 19.2v.1M16 19.2v.1',
  door: 'M10 4.5H6.5v15H10M14 8l4 4-4 4M18 12H9.5',
  tools: 'M14.5 6.5a3.8 3.8 0 0 0-5 4.8L4.5 16.5v3h3l5.2-5.2a3.8 3.8 0 0 0 4.8-5l-2.4 2.4-2.5-.7-.6-2.5 2.5-2Z',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name }: { readonly name: IconName }): VNode => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path class={name} d={paths[name]} />
  </svg>
)

const RAYS = Array.from({ length: 12 }, (_, at) => (at * Math.PI) / 6)

/** Light around the sign on the page of joy. */
export const Rays = (): VNode => (
  <svg
    class="rays"
    viewBox="-50 -50 100 100"
    fill="none"
    stroke="currentColor"
    stroke-width="2.5"
    stroke-linecap="round"
    aria-hidden="true"
  >
    {RAYS.map((angle, at) => {
      const [inner, outer] = at % 2 === 0 ? [35, 43] : [36, 39]
      const point = (radius: number) => `${(Math.cos(angle) * radius).toFixed(1)} ${(Math.sin(angle) * radius).toFixed(1)}`
      return <path key={at} d={`M${point(inner)}L${point(outer)}`} />
    })}
  </svg>
)
