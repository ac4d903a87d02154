#!/usr/bin/env node
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { type Milliseconds, wallClock } from '../kit/time.ts'
import { runCli } from './program.ts'

const { stdin, stdout } = process

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: stdin, output: stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

async function readSecret(question: string): Promise<string> {
  if (!stdin.isTTY) return text(stdin)
  process.stderr.write(`${question}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: stdin, output: silent, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}

/** The first pause takes Ctrl-C over: it ends the waiting, and what waited says how to go on. */
const enough = new AbortController()
let listens = false
async function pause(length: Milliseconds): Promise<boolean> {
  if (!listens) process.once('SIGINT', () => enough.abort())
  listens = true
  await setTimeout(length, undefined, { signal: enough.signal }).catch(() => undefined)
  return !enough.signal.aborted
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => stdout.write(text),
  err: (text) => process.stderr.write(text),
  clock: wallClock,
  readSecret,
  pause,
  ...(stdout.isTTY ? { columns: stdout.columns } : {}),
  ...(stdin.isTTY && stdout.isTTY ? { ask } : {}),
})
