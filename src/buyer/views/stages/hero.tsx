/** The head of a page: what the state is and what it means, in two sentences; below it what belongs to them. */
import type { ComponentChildren, VNode } from 'preact'
import { Icon, Rays } from '../parts/icons.tsx'
import type { StageHead } from '../stage-head.ts'

export const Hero = ({ head, children }: { readonly head: StageHead; readonly children?: ComponentChildren }): VNode => (
  <section class={`hero ${head.tone}`}>
    <header>
      <span class="sign">
        {head.tone === 'joy' && <Rays />}
        <Icon name={head.icon} />
      </span>
      <h1 tabIndex={-1}>{head.title}</h1>
      <p data-lead>{head.lead}</p>
    </header>
    {children}
  </section>
)
