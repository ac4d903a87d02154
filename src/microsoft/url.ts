/** Addresses below a configured base, which may itself have a path (`https://host/api`). */

/** @param path begins with a slash and is already encoded. */
export function below(base: URL, path: string): URL {
  return new URL(base.origin + base.pathname.replace(/\/+$/, '') + path)
}

/** One path segment out of any text. */
export const segment = (text: string): string => encodeURIComponent(text)
