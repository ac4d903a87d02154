/** For what calls the bridge at its own address: the preflight, and whoever Microsoft and Connect would be. */
import type { World } from './world.ts'

/** The world's bridge listens. @returns its address, as the environment of a command */
export async function listening(world: World): Promise<{ readonly PUBLIC_URL: string }> {
  const url = await world.bridge.app.listen({ host: '127.0.0.1', port: 0 })
  world.sandbox.setBridgeUrl(url)
  return { PUBLIC_URL: url }
}
