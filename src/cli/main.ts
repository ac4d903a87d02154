#!/usr/bin/env node
import { createInterface } from 'node:readline/promises'
import { wallClock } from '../kit/time.ts'
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

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => stdout.write(text),
  err: (text) => process.stderr.write(text),
  clock: wallClock,
  ...(stdin.isTTY && stdout.isTTY ? { ask } : {}),
})
