/** A read-only answer in words. */
import type { Question } from '../../form/model.ts'

export function fixedText({ inputs, rule }: Question): string {
  const control = inputs[0]?.control
  if (!control || inputs.length > 1) return rule.defaults.filter((part) => part !== '').join(', ')
  if (control.kind === 'text') return rule.defaults[0] ?? ''
  return rule.defaults.map((value) => control.choices.find((choice) => choice.value === value)?.label ?? value).join(', ')
}
