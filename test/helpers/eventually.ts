import { expect } from 'vitest'

/** Like `expect`, for what another process or a timer brings about: asked again until it holds, for as long as a busy machine may need. */
export const eventually = <T>(read: () => T, timeout = 30_000) => expect.poll(read, { timeout, interval: 20 })
