/** Who sits at the terminal: what timelines say about who did it. */
import type { Command } from 'commander'
import type { Operator } from '../operator/index.ts'
import type { CliContext } from './context.ts'

export const addOperator = (command: Command): Command =>
  command
    .option('--note <text>', 'what to remember with it')
    .option('--as <name>', 'who does it, for the timeline; default: the account of this terminal')

export const operatorOf = ({ env }: CliContext, { as }: { readonly as?: string }): Operator => ({
  via: 'commandLine',
  name: as ?? env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'] ?? 'an operator',
})
