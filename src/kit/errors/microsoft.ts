import { defineErrors } from './entry.ts'

export const microsoftErrors = defineErrors({
  ERR_MS_UNAVAILABLE: {
    what: 'Microsoft did not answer, or answered that it is busy.',
    todo: 'Nothing: the bridge tries again by itself.',
    status: 503,
    retryable: true,
  },
  ERR_MS_BAD_REQUEST: {
    what: 'Microsoft refused the request: it does not fit the present state of the subscription, its plan or its permissions.',
    todo: 'Read the subscription again and compare; the answer kept with this error says what Microsoft objects to.',
    status: 502,
    retryable: false,
  },
  ERR_MS_FORBIDDEN: {
    what: "Microsoft does not let this app act on the publisher's subscriptions.",
    todo: "Compare the tenant id and app id with the technical configuration of the offer in Partner Center: they must be the same, and the app needs an enterprise application (service principal) in that tenant. For a purchase token: it may belong to another publisher's offer.",
    status: 502,
    retryable: false,
  },
  ERR_MS_NOT_FOUND: {
    what: 'Microsoft does not know this subscription or operation.',
    todo: 'Check the id, and that it was bought from an offer of the publisher whose app is asking.',
    status: 404,
    retryable: false,
  },
  ERR_MS_CONFLICT: {
    what: 'Microsoft has gone on in the meantime: another operation is pending, or this one is already final.',
    todo: 'Read the subscription and its operations again and decide anew.',
    status: 409,
    retryable: false,
  },
  ERR_MS_UNEXPECTED_ANSWER: {
    what: 'Microsoft answered in a way the bridge does not understand.',
    todo: 'Report it together with the request id; nothing was changed because of this answer.',
    status: 502,
    retryable: false,
  },
  ERR_MS_PURCHASE_TOKEN_REFUSED: {
    what: 'Microsoft does not accept the purchase token: it has expired (after 24 hours at most) or was damaged on the way.',
    todo: 'Open the subscription in the Azure portal or the Microsoft 365 admin center and choose Configure account or Manage account: that makes a new one.',
    status: 400,
    retryable: false,
  },
  ERR_MS_CREDENTIAL_WRONG: {
    what: "Microsoft Entra does not accept the app's secret or certificate.",
    todo: 'Enter the secret again: its value, not its id. For a certificate: upload the same one to the app registration.',
    status: 502,
    retryable: false,
  },
  ERR_MS_CREDENTIAL_EXPIRED: {
    what: "The app's secret or certificate has expired.",
    todo: 'Make a new one in the app registration in Microsoft Entra and enter it here.',
    status: 502,
    retryable: false,
  },
  ERR_MS_CREDENTIAL_UNREADABLE: {
    what: 'The certificate or its private key cannot be read.',
    todo: 'Give both as PEM text: an X.509 certificate and the unencrypted RSA private key that belongs to it.',
    status: 400,
    retryable: false,
  },
  ERR_MS_APP_UNKNOWN: {
    what: 'Microsoft Entra does not know the app in that directory, or the app is disabled or has no enterprise application there.',
    todo: 'Check the app (client) id, and create or enable its enterprise application in the directory of the technical configuration.',
    status: 502,
    retryable: false,
  },
  ERR_MS_DIRECTORY_UNKNOWN: {
    what: 'Microsoft Entra does not know the directory (tenant id).',
    todo: 'Check the tenant id against the technical configuration of the offer in Partner Center.',
    status: 502,
    retryable: false,
  },
  ERR_MS_LOGIN_REFUSED: {
    what: 'Microsoft Entra refused to give the app a token.',
    todo: 'Look up the AADSTS number kept with this error in the sign-in log of Microsoft Entra.',
    status: 502,
    retryable: false,
  },
  ERR_MS_LOGIN_UNAVAILABLE: {
    what: 'Microsoft Entra did not answer, or answered that it is busy.',
    todo: 'Nothing if it passes: the bridge tries again by itself. If it stays, check that MICROSOFT_LOGIN_URL can be reached from here.',
    status: 503,
    retryable: true,
  },
})
