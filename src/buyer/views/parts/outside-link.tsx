/** A link that leaves the shop front: opens apart, and says so. */
import type { ComponentChildren, VNode } from 'preact'
import type { Setting } from '../setting.ts'

export const OutsideLink = (props: {
  readonly href: string
  readonly class?: string
  readonly setting: Setting
  readonly children: ComponentChildren
}): VNode => (
  <a href={props.href} class={props.class} target="_blank" rel="noopener noreferrer">
    {props.children} <span class="hidden-text">{props.setting.texts.frame.newTab}</span>
  </a>
)
