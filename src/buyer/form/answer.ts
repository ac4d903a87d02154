/** One question's answer: checked, and in the shape Connect takes. */
import type { OrderParameter } from '../../subscriptions/order.ts'
import { ADDRESS_PARTS } from './address-inputs.ts'
import type { FieldError, Given, Input, Question } from './model.ts'
import { type PhoneParts, readPhone } from './phone.ts'
import { isJsonObject, textError } from './text-format.ts'

export type InputErrors = readonly (readonly [inputName: string, error: FieldError])[]

/** What is wrong with what was given; nothing when it is right. `country` reads phone numbers written as dialled at home. */
export function answerErrors(question: Question, given: Given, mustFill: readonly string[], country: string | undefined): InputErrors {
  return question.inputs.flatMap((input) => {
    const error = inputError(question, input, given[input.name] ?? [], mustFill.includes(input.name), country)
    return error ? [[input.name, error] as const] : []
  })
}

function inputError(
  { answerType }: Question,
  { control }: Input,
  texts: readonly string[],
  needed: boolean,
  country: string | undefined,
): FieldError | undefined {
  const [text] = texts
  if (text === undefined) return needed ? { code: 'required' } : undefined
  if (control.kind !== 'text') {
    const known = control.choices.map(({ value }) => value)
    return texts.every((one) => known.includes(one)) ? undefined : { code: 'choice' }
  }
  const error = textError(control, text)
  if (error || answerType !== 'phone') return error
  return readPhone(text, country) ? undefined : { code: 'phone' }
}

/**
 * The parameter as Connect takes it (fact: parameter values): simple types in `value`; phone, address, checkbox and object in
 * `structuredValue`. Undefined when there is no answer. The answer has been checked.
 */
export function toParameter(question: Question, given: Given, country: string | undefined): OrderParameter | undefined {
  const { parameterId: id, answerType, inputs } = question
  if (id === undefined) return undefined
  const texts = inputs.map(({ name }) => given[name]?.[0] ?? '')
  const [text = ''] = texts
  switch (answerType) {
    case 'text':
      return text === '' ? undefined : { id, value: text }
    case 'object':
      return isJsonObject(text) ? { id, structuredValue: JSON.parse(text) } : undefined
    case 'phone': {
      const phone = readPhone(text, country)
      return phone && { id, structuredValue: wirePhone(phone) }
    }
    case 'choiceMap':
      return { id, structuredValue: choiceMap(inputs[0], given) }
    case 'address':
      return texts.every((part) => part === '')
        ? undefined
        : { id, structuredValue: Object.fromEntries(ADDRESS_PARTS.map((part, at) => [part, texts[at] ?? ''])) }
  }
}

const wirePhone = (phone: PhoneParts) => ({
  country_code: phone.countryCode,
  area_code: phone.areaCode,
  phone_number: phone.phoneNumber,
  extension: phone.extension,
})

function choiceMap(input: Input | undefined, given: Given): Record<string, boolean> {
  if (!input || input.control.kind === 'text') return {}
  const chosen = given[input.name] ?? []
  return Object.fromEntries(input.control.choices.map(({ value }) => [value, chosen.includes(value)]))
}
