/** The order form: from a product's ordering parameters to an order Connect takes. */
export { buildForm } from './build.ts'
export { type FieldError, type FormModel, questionsOf } from './model.ts'
export type { Prefill } from './prefill.ts'
export { type FormReading, readForm, refuseForm, type VendorError } from './read.ts'
