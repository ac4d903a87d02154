/** Ordered, prepared, ready: with a mark, a word for screen readers, and what is done. */
import type { VNode } from 'preact'
import type { Progress, StepState } from '../../rules/progress.ts'
import type { Setting } from '../setting.ts'
import { Icon } from './icons.tsx'

export const Steps = ({ progress, setting: { texts } }: { readonly progress: Progress; readonly setting: Setting }): VNode => (
  <ol class="steps" aria-label={texts.steps.label}>
    <Step state={progress.ordered} name={texts.steps.ordered} word={texts.steps[progress.ordered]} />
    <Step state={progress.prepared} name={texts.steps.prepared} word={texts.steps[progress.prepared]} />
    <Step state={progress.ready} name={texts.steps.ready} word={texts.steps[progress.ready]} />
  </ol>
)

const Step = ({ state, name, word }: { readonly state: StepState; readonly name: string; readonly word: string }): VNode => (
  <li class={state} aria-current={state === 'current' ? 'step' : undefined}>
    <span class="dot">
      {state === 'done' && <Icon name="tick" />}
      {state === 'stopped' && <Icon name="cross" />}
    </span>
    <span>
      {name} <span class="hidden-text">({word})</span>
    </span>
  </li>
)
