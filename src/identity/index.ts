/** Who somebody is: sign-in of buyers with Entra and their sessions. What they may do is decided by the rooms above. */
export {
  type ApiKey,
  createApiKey,
  listApiKeys,
  recognizeApiKey,
  revokeApiKey,
  type WantedKey,
} from './api-keys/api-keys.ts'
export { isScope, type Scope, scopes } from './api-keys/key.ts'
export { browserCookie, type CookieRule, sessionCookie } from './cookies.ts'
export type { IdentityDeps, SignInApp } from './deps.ts'
export { cameFromOurPage, formToken, isFormToken } from './form-proof.ts'
export { probeSignInApp, readSignInMetadata, type SignInProbe, type SignInProbeDeps } from './oidc/probe.ts'
export type { SignInRefusal } from './oidc/refusals.ts'
export { isPersonalAccount, type Person, personalAccounts, samePerson } from './person.ts'
export { pruneIdentity } from './prune.ts'
export { looksLikeToken, randomToken } from './random.ts'
export { holdSubscription, holdsSubscription } from './sessions/holds.ts'
export type { Session } from './sessions/session.ts'
export { endSession, readSession, startSession } from './sessions/sessions.ts'
export type { Arrival } from './sign-in/attempts.ts'
export { type BeginSignIn, createSignIn, type Parked, type SignIn, type SignInOutcome } from './sign-in/sign-in.ts'
