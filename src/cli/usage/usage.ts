/** `bridge usage`: what was consumed, what Microsoft has billed of it, and what an operator does about the rest. */
import type { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { addActions } from './act.ts'
import { addFile } from './file.ts'
import { addImport } from './import.ts'
import { addProof } from './proof.ts'
import { addShow } from './show.ts'
import { addStops } from './stops.ts'

export function addUsage(program: Command, context: CliContext): void {
  const usage = program.command('usage').description('metered usage: what was consumed, what is billed, what is not and why')
  addShow(usage, context)
  addActions(usage, context)
  addStops(usage, context)
  addImport(usage, context)
  addFile(usage, context)
  addProof(usage, context)
}
