/** A TypeScript program in a process of its own, spoken to by lines. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { compiled } from './compiled.ts'

export interface Child {
  readonly process: ChildProcessWithoutNullStreams
  /** The next line it writes. */
  line(): Promise<string>
  /** Writes a line to it. */
  say(text?: string): void
  /** Sends the signal, and waits for the end where it means the end. */
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>
}

/** @param program beside this file. */
export function startChild(program: string, args: readonly string[], user: { uid?: number; gid?: number } = {}): Child {
  const path = compiled(fileURLToPath(new URL(program, import.meta.url)))
  const child = spawn(process.execPath, [path, ...args], user)
  const ended = once(child, 'exit')
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error(`${program} has ended: ${errors.slice(-2000)}`)
      return next.value
    },
    say: (text = '') => void child.stdin.write(`${text}\n`),
    async signal(name) {
      child.kill(name)
      if (name === 'SIGKILL' || name === 'SIGTERM') await ended
    },
  }
}
