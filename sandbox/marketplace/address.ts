/** Where the publisher's pages are: an address of its own, or a path below the bridge's base URL. */
export const addressOf = (given: string, bridgeUrl: string): string => (given.startsWith('/') ? `${bridgeUrl}${given}` : given)
