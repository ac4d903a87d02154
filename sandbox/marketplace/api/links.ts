/** The absolute links the service puts into its answers. */
import type { ApiDeps } from './deps.ts'

/** By option the real service's host, which from a proxy's or an emulator's point of view is a foreign one. */
export const linkBase = ({ context, apiUrl }: ApiDeps): string =>
  context.state.options.foreignLinks ? 'https://marketplaceapi.microsoft.com/api' : apiUrl

export const operationLocation = (deps: ApiDeps, subscriptionId: string, operationId: string): string =>
  `${linkBase(deps)}/saas/subscriptions/${subscriptionId}/operations/${operationId}?api-version=2018-08-31`
