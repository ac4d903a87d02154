/** A parameter's default as the form shows it. Connect gives text, or an object for a parameter with parts, or marks choices. */
import type { ConnectParameter } from '../../connect/index.ts'
import { ADDRESS_PARTS } from './address-inputs.ts'
import { writePhone } from './phone.ts'

/** One text, the chosen boxes, or the parts of an address in their order; empty when there is none. A password never has one. */
export function parameterDefaults(parameter: ConnectParameter): readonly string[] {
  switch (parameter.type) {
    case 'heading':
    case 'content':
    case 'password':
      return []
    case 'dropdown':
    case 'choice':
      return chosen(parameter)
    case 'checkbox':
      return checked(parameter)
    case 'phone':
      return some(parameter.structuredDefault ? writePhone(parameter.structuredDefault) : parameter.default)
    case 'object':
      return some(parameter.structuredDefault ? JSON.stringify(parameter.structuredDefault, null, 2) : parameter.default)
    case 'address':
      return addressParts(parameter)
    default:
      return some(parameter.default)
  }
}

const some = (text: string | undefined): readonly string[] => (text ? [text] : [])

function chosen({ default: text, constraints: { choices } }: ConnectParameter): readonly string[] {
  if (choices.length === 0) return some(text)
  const byDefault = choices.find(({ value }) => value === text) ?? choices.find((choice) => choice.default)
  return byDefault ? [byDefault.value] : []
}

function checked({ structuredDefault, constraints: { choices } }: ConnectParameter): readonly string[] {
  return choices
    .filter((choice) => structuredDefault?.[choice.value] === true || (!structuredDefault && choice.default))
    .map(({ value }) => value)
}

function addressParts({ structuredDefault }: ConnectParameter): readonly string[] {
  if (!structuredDefault) return []
  return ADDRESS_PARTS.map((part) => {
    const text = structuredDefault[part]
    return typeof text === 'string' ? text.trim() : ''
  })
}
