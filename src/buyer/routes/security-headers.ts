/** What every answer of the buyer's pages tells the browser about itself. Pure. */

/** Nothing but our own files; the publisher's logo may come from the one origin its set-up names. */
export function contentSecurityPolicy(iconUrl?: string): string {
  const logo = iconUrl !== undefined && URL.canParse(iconUrl) ? ` ${new URL(iconUrl).origin}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${logo}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export const PERMISSIONS_POLICY = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'
