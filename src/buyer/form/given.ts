/** What a posted form holds, as far as the form asked for it. */
import type { Control, FormModel, Given, Input, Question } from './model.ts'
import { questionsOf } from './model.ts'

/** Unknown names are left out; one-line texts are trimmed as the pages' script trims them; passwords stay as typed. */
export const readGiven = (model: FormModel, body: Readonly<Record<string, unknown>>): Given =>
  Object.fromEntries(questionsOf(model).flatMap(({ inputs }) => inputs.map((input) => [input.name, textsOf(input, body[input.name])])))

function textsOf({ control }: Input, posted: unknown): readonly string[] {
  const all = (Array.isArray(posted) ? posted : [posted]).filter((one) => typeof one === 'string')
  const texts = all.map((text) => tidy(control, text)).filter((text) => text !== '')
  return control.kind === 'checkboxes' ? [...new Set(texts)] : texts.slice(0, 1)
}

/** Forms are posted with CR LF; control characters have no business in a name or an address. */
export function tidy(control: Control, text: string): string {
  if (control.kind !== 'text') return text
  if (control.format === 'password') return text
  if (control.format === 'json') return text.replaceAll('\r\n', '\n').trim()
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}

/** What goes back to the page: everything but passwords, which are never echoed. */
export const withoutPasswords = (model: FormModel, given: Given): Given => {
  const secret = new Set(questionsOf(model).flatMap(({ inputs }) => inputs.filter(isPassword).map(({ name }) => name)))
  return Object.fromEntries(Object.entries(given).filter(([name]) => !secret.has(name)))
}

const isPassword = ({ control }: Input): boolean => control.kind === 'text' && control.format === 'password'

/** The question's defaults by input. */
export const defaultsOf = ({ inputs, rule }: Question): Given => {
  const [only] = inputs
  if (inputs.length === 1 && only) return { [only.name]: rule.defaults }
  return Object.fromEntries(inputs.map(({ name }, at) => [name, rule.defaults[at] ? [rule.defaults[at]] : []]))
}
