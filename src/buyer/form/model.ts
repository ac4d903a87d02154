/** The order form as data: what is asked, what was given, what is wrong with it. The view draws it, `readForm` reads it back. */
import type { AnswerRule } from './answer-states.ts'

/** The shape of a text. The same bounds become the browser's attributes and the server's check. */
export interface TextRule {
  readonly format: 'text' | 'password' | 'email' | 'url' | 'domain' | 'subdomain' | 'phone' | 'json'
  /** In UTF-16 code units, as browsers count. */
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
}

export interface Choice {
  readonly value: string
  readonly label: string
}

export type Control =
  | ({ readonly kind: 'text' } & TextRule)
  | { readonly kind: 'select' | 'radio' | 'checkboxes'; readonly choices: readonly Choice[] }

/** One control of the form. */
export interface Input {
  /** The name in the posted form, unique in the form. */
  readonly name: string
  readonly label: string
  readonly control: Control
  readonly placeholder?: string | undefined
  /** Token of the HTML standard's autofill, so that browsers fill it in. */
  readonly autocomplete?: string | undefined
  readonly width?: 'half' | 'third' | 'two-thirds' | undefined
}

/** What one question's answer is at Connect: text in `value`, the others in `structuredValue`. */
export type AnswerType = 'text' | 'phone' | 'object' | 'choiceMap' | 'address'

/** One thing that is asked: one input, or the several of an address. */
export interface Question {
  readonly kind: 'question'
  readonly name: string
  /** The parameter's name at Connect; absent for what every order needs. */
  readonly parameterId?: string | undefined
  readonly label: string
  readonly description?: string | undefined
  readonly hint?: string | undefined
  readonly answerType: AnswerType
  readonly inputs: readonly Input[]
  readonly rule: AnswerRule
  readonly condition?: Condition | undefined
}

/** For people whose browser runs no script: when the question matters. */
export interface Condition {
  readonly label: string
  readonly values: readonly string[]
  readonly negated: boolean
}

export interface Heading {
  readonly kind: 'heading'
  readonly name: string
  readonly text: string
  readonly description?: string | undefined
  readonly rule: AnswerRule
}

/** A block of Markdown to read; sanitised by the view. */
export interface Content {
  readonly kind: 'content'
  readonly name: string
  readonly title: string
  readonly markdown: string
  readonly rule: AnswerRule
}

export type FormEntry = Question | Heading | Content

export interface FormSection {
  readonly id: 'organisation' | 'contact' | 'address' | 'product'
  readonly entries: readonly FormEntry[]
}

/** What was given, by input name: none, one, or the several of checkboxes. */
export type Given = Readonly<Record<string, readonly string[]>>

export type FieldError =
  | { readonly code: 'required' | 'email' | 'url' | 'domain' | 'subdomain' | 'phone' | 'json' | 'choice' }
  | { readonly code: 'tooShort' | 'tooLong'; readonly bound: number }
  /** In the words of the vendor. */
  | { readonly code: 'vendor'; readonly message: string }

export interface FormModel {
  readonly sections: readonly FormSection[]
  /** The rules of everything above, and of parameters that are never shown but on whose value others depend. */
  readonly rules: readonly AnswerRule[]
  readonly given: Given
  /** By input name, in the order of the form. */
  readonly errors: Readonly<Record<string, FieldError>>
  /** What the vendor says of the order as a whole. */
  readonly generalErrors: readonly string[]
}

export const questionsOf = (model: Pick<FormModel, 'sections'>): readonly Question[] =>
  model.sections.flatMap((section) => section.entries.filter((entry) => entry.kind === 'question'))
