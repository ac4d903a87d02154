/** Usage spreadsheets as streams: behind signed links on another host, or at Connect itself. */

import { type Download, isAllowedHost, TooLarge } from '../../kit/download.ts'
import { ApiError } from '../../kit/errors/index.ts'
import { HttpFailure } from '../../kit/http.ts'
import type { UsageFileId } from '../../kit/ids.ts'
import { addressOf, authorizationOf, type Call, type ConnectApi, path, send } from '../api.ts'
import { failureOfReply } from '../failures.ts'
import { type UsageFileLinks, usageFileLinks } from '../model/usage-file.ts'

export type UsageFileKind = keyof UsageFileLinks
export type Bytes = AsyncIterable<Uint8Array>

/** A link that was over before it could be used is asked for once more. */
const TRIES = 2

export async function downloadFile(api: ConnectApi, id: UsageFileId, kind: UsageFileKind, signal?: AbortSignal): Promise<Bytes> {
  for (let left = TRIES; left > 0; left--) {
    const links = await send(api, { method: 'GET', path: path`/usage/files/${id}`, signal }, usageFileLinks)
    const download = await open(api, allowed(api, links[kind]), {}, signal)
    if (download.status === 200) return told(download.body)
    await discard(download)
  }
  throw new ApiError('ERR_CONNECT_FILE_GONE', { facts: { kind } })
}

/** A chunk comes from Connect's own address, so our token goes with the question. */
export async function downloadChunk(api: ConnectApi, id: string, signal?: AbortSignal): Promise<Bytes> {
  const call: Call = { method: 'GET', path: path`/usage/chunks/${id}/download`, signal }
  const download = await open(api, addressOf(api, call), { authorization: authorizationOf(api) }, signal)
  if (download.status === 200) return told(download.body)
  await discard(download)
  throw failureOfReply(call, { status: download.status, headers: {}, text: '', attempts: 1 })
}

function allowed(api: ConnectApi, link: string | undefined): URL {
  if (link === undefined) throw new ApiError('ERR_CONNECT_FILE_GONE', { message: 'Connect gives no link to such a file.', facts: {} })
  const url = new URL(link)
  if (!isAllowedHost(url, [api.baseUrl.hostname, ...api.fileHosts])) {
    throw new ApiError('ERR_CONNECT_FILE_HOST', { facts: { host: url.host } }) // never the link: it is signed
  }
  return url
}

async function open(api: ConnectApi, url: URL, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Download> {
  try {
    return await api.download({ url, headers, signal })
  } catch (error) {
    throw broken(error)
  }
}

/** The same bytes, with faults of the way in our words. */
async function* told(body: Bytes): Bytes {
  try {
    yield* body
  } catch (error) {
    throw broken(error)
  }
}

function broken(error: unknown): unknown {
  if (error instanceof TooLarge) return new ApiError('ERR_CONNECT_FILE_TOO_LARGE', { cause: error })
  return error instanceof HttpFailure ? new ApiError('ERR_CONNECT_UNAVAILABLE', { cause: error }) : error
}

async function discard({ body }: Download): Promise<void> {
  try {
    for await (const _ of body) break
  } catch {
    // it was not wanted
  }
}
