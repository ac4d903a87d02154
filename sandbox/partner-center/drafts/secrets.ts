/** Secrets come back masked; whoever sends the mask keeps them. So do links to files that are the service's own. */
import { isObject } from '../../connect/json.ts'
import type { Body } from '../types.ts'

export const MASK = '*********'
const SECRETS: ReadonlySet<string> = new Set(['password', 'applicationKey', 'clientSecret', 'storageAccountConnectionString'])

/** Where the service keeps files: a link of a moment, signed anew at each read. */
export const FILE_HOST = 'https://ingestionpackagesprod1.blob.core.windows.net/'

export const masked = (body: Body): Body => mapTexts(body, (name, value) => (SECRETS.has(name) && value !== '' ? MASK : value))

/** The body to keep: where it says the mask, or names a link of ours, what stood there before stays. */
export function withKept(body: Body, before: Body | undefined): Body {
  if (!before) return body
  return mapTexts(body, (name, value, path) => {
    const isEcho = (SECRETS.has(name) && value === MASK) || (name === 'url' && value.startsWith(FILE_HOST))
    const old = isEcho ? path.reduce<unknown>((found, step) => (isObject(found) ? found[step] : undefined), before) : undefined
    return typeof old === 'string' ? old : value
  })
}

type Change = (name: string, value: string, path: readonly string[]) => string

function mapTexts(body: Body, change: Change, path: readonly string[] = []): Body {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const here = [...path, name]
      if (typeof value === 'string') return [name, change(name, value, here)]
      return [name, isObject(value) ? mapTexts(value, change, here) : value]
    }),
  )
}
