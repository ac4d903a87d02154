/** The command line on a world's own database and clock. The keyring is the world's. */
import type { CliContext } from '../../src/cli/context.ts'
import { runCli } from '../../src/cli/program.ts'
import type { World } from './world.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Terminal {
  /** Who sits there; without an answer nobody does. */
  readonly answer?: boolean
  readonly user?: string
  /** What standard input says. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** What goes on while the command waits; false: the person has had enough. */
  readonly pause?: () => Promise<boolean>
}

export const terminal =
  (world: World, { answer, user = 'mara', input, env: more, pause }: Terminal = {}) =>
  async (...args: readonly string[]): Promise<Ran> => {
    const [out, err]: [string[], string[]] = [[], []]
    const { sandbox, database, clock } = world
    const env = {
      DATABASE_URL: database.url,
      BRIDGE_MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
      SANDBOX: 'off',
      USER: user,
      MICROSOFT_MARKETPLACE_URL: sandbox.urls.marketplace,
      MICROSOFT_LOGIN_URL: sandbox.urls.login,
      MICROSOFT_INGESTION_URL: sandbox.urls.ingestion,
      MICROSOFT_STS_URL: sandbox.urls.sts,
      CONNECT_API_URL: sandbox.urls.connect,
      ...more,
    }
    const asked: Pick<CliContext, 'ask'> = answer === undefined ? {} : { ask: async () => answer }
    const given: Pick<CliContext, 'readSecret'> = input === undefined ? {} : { readSecret: async () => input }
    const code = await runCli(args, {
      env,
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      clock,
      ...asked,
      ...given,
      ...(pause && { pause }),
    })
    return { code, out: out.join(''), err: err.join('') }
  }
