/** What every order needs and Microsoft does not give: the organisation, its address, a person. Lengths of Connect's tier account. */

import type { Texts } from '../views/texts.ts'
import { addressInputs, isNeeded } from './address-inputs.ts'
import type { Choice, FormSection, Input, Question } from './model.ts'

export function customerSections(labels: Texts['form'], countries: readonly Choice[]): readonly FormSection[] {
  return [
    { id: 'organisation', entries: organisation(labels) },
    { id: 'contact', entries: contact(labels) },
    { id: 'address', entries: address(labels, countries) },
  ]
}

const organisation = (labels: Texts['form']): readonly Question[] => [
  ask(text('companyName', labels.companyName, 255, 'organization'), true),
  ask(text('taxId', labels.taxId, 100, 'off'), false, labels.taxIdHint),
]

const contact = (labels: Texts['form']): readonly Question[] => [
  ask({ ...text('firstName', labels.firstName, 100, 'given-name'), width: 'half' }, true),
  ask({ ...text('lastName', labels.lastName, 100, 'family-name'), width: 'half' }, true),
  ask({ name: 'email', label: labels.email, control: { kind: 'text', format: 'email' }, autocomplete: 'email' }, true, labels.emailHint),
  {
    ...ask(
      { name: 'phone', label: labels.phone, control: { kind: 'text', format: 'phone' }, autocomplete: 'tel' },
      false,
      labels.phoneHint,
    ),
    answerType: 'phone',
  },
]

const address = (labels: Texts['form'], countries: readonly Choice[]): readonly Question[] =>
  addressInputs((part) => part, labels, countries, true).map(({ part, ...input }) => ask(input, isNeeded(part)))

const text = (name: string, label: string, maxLength: number, autocomplete: string): Input => ({
  name,
  label,
  control: { kind: 'text', format: 'text', maxLength },
  autocomplete,
})

const ask = (input: Input, required: boolean, hint?: string): Question => ({
  kind: 'question',
  name: input.name,
  label: input.label,
  hint,
  answerType: 'text',
  inputs: [input],
  rule: {
    name: input.name,
    required,
    hidden: false,
    readonly: false,
    inputs: [{ name: input.name, needed: true, telling: true }],
    defaults: [],
  },
})
