/** `npm run demo -- NAME`: a story, narrated. Its data is gone afterwards. Exit code 0 only if all books agree; without a name the demos are listed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../config.ts'
import { silentLog } from '../../kit/log.ts'
import { movableClock } from '../../kit/time.ts'
import { openStorage } from '../../storage.ts'
import { createBridge } from '../bridge.ts'
import { applySandboxSetup, startOutsideWorld } from '../with-sandbox.ts'
import { type Demo, demos, listOfDemos } from './demos.ts'
import { createNarrator } from './narrator.ts'

/** @returns the exit code */
async function main(name: string | undefined): Promise<number> {
  const chosen = name === undefined ? undefined : demos.get(name)
  if (chosen) return (await inOwnFolder(chosen)) ? 0 : 1
  if (name !== undefined) process.stderr.write(`There is no demo ${JSON.stringify(name)}.\n`)
  process.stdout.write(listOfDemos())
  return name === undefined ? 0 : 2
}

async function inOwnFolder(chosen: Demo): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'marketplace-bridge-demo-'))
  try {
    return await play(chosen, dataDir)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function play({ play: tell, agreed, differed, fromNothing }: Demo, dataDir: string): Promise<boolean> {
  const write = (text: string): void => void process.stdout.write(text)
  const clock = movableClock()
  const env = demoEnvironment(dataDir)
  const config = demoConfig(env)
  write('Starting PostgreSQL, the sandbox and the bridge …\n')
  const storage = await openStorage(config, silentLog)
  const sandbox = await startOutsideWorld(config, clock, silentLog)
  if (!fromNothing) await applySandboxSetup(storage, clock)
  const bridge = await createBridge({ config, storage, clock, log: silentLog })
  await bridge.listen()
  try {
    const isWell = await tell({ sandbox, bridge, storage, narrator: createNarrator(write), dataDir, env, clock })
    write(`\n${isWell ? agreed : differed}\n`)
    return isWell
  } finally {
    await bridge.stop()
    await sandbox.stop()
    await storage.close()
  }
}

/** Ports of its own, so that it runs beside `npm start`. */
const demoEnvironment = (dataDir: string) => ({ SANDBOX: 'on', DATA_DIR: dataDir, PORT: '3080', SANDBOX_PORT: '3180' })

function demoConfig(env: ReturnType<typeof demoEnvironment>) {
  const reading = readConfig(env)
  if (!reading.ok) throw new TypeError('the configuration of the demo is fixed')
  return reading.config
}

main(process.argv[2]).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  },
)
