/** The face of the preflight room: every link of the chain from enrolment to the first sale, looked at for real. See README.md. */
export type { DoctorDeps } from './gather/deps.ts'
export { notOpened } from './not-opened.ts'
export { type Result, results, type Step, steps } from './rules/check.ts'
export { installationChecks } from './rules/installation.ts'
export { productChecks } from './rules/product.ts'
export { declarable, tenantChecks } from './rules/tenant.ts'
export { type Examined, examine, exitStatus, type Wanted } from './run.ts'
export { declare, isDeclarable, withdrawDeclaration } from './store.ts'
