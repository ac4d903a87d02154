/** A program of the benchmarks in a process of its own: told and telling in lines of JSON. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Child {
  /** One line to its stdin. */
  tell(order: unknown): void
  /** Its next line. */
  hear<T>(): Promise<T>
  /** Closes its stdin and waits until it has ended. */
  end(): Promise<void>
}

/** @param program a file beside this one, or the path of a compiled one (`.mjs`). */
export function startChild(program: string, ...options: readonly string[]): Child {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const runner = path.endsWith('.mjs') ? [] : ['--import', 'tsx']
  const child = spawn(process.execPath, [...runner, path, ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exit = once(child, 'exit')
  return {
    tell: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    async hear<T>() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${program} ended without an answer`)
      return JSON.parse(String(value)) as T
    },
    async end() {
      child.stdin.end()
      await exit
    },
  }
}
