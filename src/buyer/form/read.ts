/** Reads a posted order form: an order, or the same form with what was given and what is wrong with it. */
import type { Customer, Order } from '../../subscriptions/order.ts'
import { answerErrors, toParameter } from './answer.ts'
import { type AnswerState, answerStates } from './answer-states.ts'
import { defaultsOf, readGiven, withoutPasswords } from './given.ts'
import { type FieldError, type FormModel, type Given, questionsOf } from './model.ts'
import { readPhone } from './phone.ts'

export type FormReading = { readonly ok: true; readonly order: Order } | { readonly ok: false; readonly model: FormModel }

/**
 * The server's word on a form. What is hidden, by itself or by another answer, is never part of the order; what is read-only has its
 * default whatever was posted. Passwords do not go back to the page.
 */
export function readForm(model: FormModel, body: Readonly<Record<string, unknown>>): FormReading {
  const given = readGiven(model, body)
  const states = answerStates(model.rules, given)
  const country = given['country']?.[0]
  const errors = questionsOf(model).flatMap((question) =>
    isAsked(states[question.name]) ? answerErrors(question, given, states[question.name]?.mustFill ?? [], country) : [],
  )
  if (errors.length > 0) return { ok: false, model: withAnswers(model, given, Object.fromEntries(errors)) }
  return { ok: true, order: { customer: customerOf(given), params: parametersOf(model, given, states, country) } }
}

/** A validation message of the vendor for one parameter, by its name at Connect. */
export interface VendorError {
  readonly parameterId: string
  readonly message: string
}

/** The same form after the vendor's own validation refused it. What names no question of the form stands above it. */
export function refuseForm(model: FormModel, body: Readonly<Record<string, unknown>>, vendorErrors: readonly VendorError[]): FormModel {
  const inputOf = (id: string) => questionsOf(model).find((question) => question.parameterId === id)?.inputs[0]?.name
  const placed = vendorErrors.map(({ parameterId, message }) => ({ name: inputOf(parameterId), message }))
  const errors = placed.flatMap(({ name, message }) => (name ? [[name, { code: 'vendor', message }] as const] : []))
  const generalErrors = placed.flatMap(({ name, message }) => (name ? [] : [message]))
  return { ...withAnswers(model, readGiven(model, body), Object.fromEntries(errors)), generalErrors }
}

const isAsked = (state: AnswerState | undefined): boolean => state !== undefined && !state.hidden && !state.readonly

const withAnswers = (model: FormModel, given: Given, errors: Readonly<Record<string, FieldError>>): FormModel => ({
  ...model,
  given: withoutPasswords(model, given),
  errors,
  generalErrors: [],
})

function parametersOf(
  model: FormModel,
  given: Given,
  states: Readonly<Record<string, AnswerState>>,
  country: string | undefined,
): Order['params'] {
  return questionsOf(model).flatMap((question) => {
    const state = states[question.name]
    if (!state || state.hidden) return []
    const isUnanswered = state.readonly && question.rule.defaults.length === 0
    return isUnanswered ? [] : (toParameter(question, state.readonly ? defaultsOf(question) : given, country) ?? [])
  })
}

/** The names `customerSections` gives its inputs. */
type CustomerInput =
  | 'companyName'
  | 'taxId'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'phone'
  | 'address_line1'
  | 'address_line2'
  | 'postal_code'
  | 'city'
  | 'state'
  | 'country'

function customerOf(given: Given): Customer {
  const one = (name: CustomerInput): string => given[name]?.[0] ?? ''
  const optional = (name: CustomerInput): string | undefined => given[name]?.[0]
  const country = one('country')
  return {
    companyName: one('companyName'),
    taxId: optional('taxId'),
    addressLine1: one('address_line1'),
    addressLine2: optional('address_line2'),
    city: one('city'),
    state: optional('state'),
    postalCode: one('postal_code'),
    country,
    contact: {
      firstName: one('firstName'),
      lastName: one('lastName'),
      email: one('email'),
      phone: readPhone(one('phone'), country),
    },
  }
}
