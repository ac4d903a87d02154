#!/usr/bin/env node
import { wallClock } from '../kit/time.ts'
import { runCli } from './program.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  clock: wallClock,
})
