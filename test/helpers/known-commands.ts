/** Whether the command line knows a command that a page or a sentence names. */
import type { Command } from 'commander'
import { createProgram } from '../../src/cli/program.ts'
import { wallClock } from '../../src/kit/time.ts'

const theProgram = (): Command => createProgram({ env: {}, out: () => undefined, err: () => undefined, clock: wallClock })

/** What of a line, read from the left, the program does not know. @param line without the word `bridge` */
export function faultsOfCommand(line: string): readonly string[] {
  const [first = '', ...rest] = line.replace(/\s+#.*$/, '').split(/\s+/)
  const known = theProgram().commands.find((one) => one.name() === first)
  if (!known) return [`no command ${first}`]
  const word = rest[0] !== undefined && /^[a-z][a-z-]*$/.test(rest[0]) ? rest[0] : undefined
  const below = known.commands.find((one) => one.name() === word)
  if (word !== undefined && !below && known.commands.length > 0 && known.registeredArguments.length === 0)
    return [`no command ${first} ${word}`]
  const command = below?.commands.find((one) => one.name() === rest[1]) ?? below ?? known
  const flags = new Set(command.options.map(({ long }) => long))
  return rest
    .filter((word) => word.startsWith('--') && word.length > 2)
    .map((word) => word.replace(/[^a-z-].*$/, ''))
    .flatMap((flag) => (flags.has(flag) ? [] : [`no option ${flag}`]))
}
