/** Brings in the OIDC provider library, late (it takes a moment to read) and without the advice it prints on Node 20, which it runs on. */
import type * as Library from 'oidc-provider'

export async function importOidcLibrary(): Promise<typeof Library> {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...words)
  }
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}
