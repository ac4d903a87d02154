/**
 * Pictures of products. The official description says that a product has one, not where it lies: mostly a path, which the API's host or the
 * portal's serves. So both are asked, and whole addresses only on hosts that are known.
 */
import { type Download, isAllowedHost, TooLarge } from '../../kit/download.ts'
import { ApiError } from '../../kit/errors/index.ts'
import { HttpFailure } from '../../kit/http.ts'
import { seconds } from '../../kit/time.ts'
import { authorizationOf, type ConnectApi } from '../api.ts'

/** Larger ones are nothing a shop would show. */
const LARGEST_ICON = 2 * 1024 * 1024

/**
 * @param iconPath as the product tells it
 * @returns undefined when no place has it, or only one that is not to be asked
 * @throws ApiError `ERR_CONNECT_UNAVAILABLE` when no place answers, `ERR_CONNECT_FILE_TOO_LARGE`
 */
export async function fetchIcon(api: ConnectApi, iconPath: string, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  for (const url of placesOf(api, iconPath)) {
    const open = await fetched(api, url, {}, signal)
    if (open !== 'closed' && open !== 'none') return open
    if (open === 'none' || url.origin !== api.baseUrl.origin) continue // the token is for Connect's own host
    const known = await fetched(api, url, { authorization: authorizationOf(api) }, signal)
    if (known !== 'closed' && known !== 'none') return known
  }
  return undefined
}

function placesOf({ baseUrl, fileHosts }: ConnectApi, iconPath: string): readonly URL[] {
  const portal = new URL(baseUrl.origin)
  portal.hostname = baseUrl.hostname.replace(/^api\./, '')
  const urls = [new URL(baseUrl.origin), portal].flatMap((host) => (URL.canParse(iconPath, host) ? [new URL(iconPath, host)] : []))
  return urls
    .filter((url, at) => urls.findIndex(({ href }) => href === url.href) === at)
    .filter((url) => isAllowedHost(url, [baseUrl.hostname, portal.hostname, ...fileHosts]))
}

async function fetched(
  { download }: ConnectApi,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | 'closed' | 'none'> {
  try {
    const { status, body } = await download({ url, headers, signal, timeout: seconds(30), maxBytes: LARGEST_ICON })
    if (status === 200) return await whole(body)
    for await (const _ of body) break // it was not wanted
    return status === 401 || status === 403 ? 'closed' : 'none'
  } catch (error) {
    if (error instanceof TooLarge) throw new ApiError('ERR_CONNECT_FILE_TOO_LARGE', { cause: error })
    throw error instanceof HttpFailure ? new ApiError('ERR_CONNECT_UNAVAILABLE', { cause: error }) : error
  }
}

async function whole(body: Download['body']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
