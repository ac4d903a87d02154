/** The app buyers sign in with, as far as it can be tried without a buyer. */
import { probeSignInApp, type SignInProbe, type SignInProbeDeps } from '../../identity/index.ts'
import { good, type ProbeOutcome, unfit } from './outcome.ts'

export interface SignInToProbe {
  readonly clientId: string
  readonly secret: string
  readonly redirectUri: string
}

/** @throws AppError `ERR_SIGN_IN_UNAVAILABLE` */
export async function probeSignIn(deps: SignInProbeDeps, app: SignInToProbe): Promise<ProbeOutcome> {
  return judge(await probeSignInApp(deps, app), app)
}

function judge({ client, redirect, detail }: SignInProbe, { clientId, redirectUri }: SignInToProbe): ProbeOutcome {
  if (client === 'refused') {
    return unfit(
      `Entra does not accept the app ${clientId} or its secret (${detail}). Enter the secret's value, not its id, of an app for accounts in any organization and personal accounts.`,
    )
  }
  if (redirect === 'notRegistered') {
    return unfit(
      `The app ${clientId} does not let people come back to ${redirectUri} (${detail}): add it there as a redirect URI of type Web.`,
    )
  }
  const notes = [
    ...(client === 'unclear' ? [`Whether Entra takes the secret could not be told (${detail}): sign in once.`] : []),
    ...(redirect === 'unclear' ? [`Whether ${redirectUri} is registered could not be told (${detail}): sign in once.`] : []),
  ]
  return good(
    { client: client === 'notRefused' ? 'not refused' : 'unclear', redirect: redirect === 'registered' ? redirectUri : 'unclear' },
    notes,
  )
}
