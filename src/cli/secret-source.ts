/** Where a secret comes from: standard input, a variable, a file. Never the command line, which other users of the machine can read. */
import { readFileSync } from 'node:fs'
import { type CliContext, CommandFailure, exitCodes } from './context.ts'

export const SECRET_SOURCE = 'env:NAME, file:PATH, or - for standard input'

/** @throws CommandFailure that never repeats what was given: it may be the secret itself */
export async function readSecretFrom(context: CliContext, source: string, option: string, question: string): Promise<string> {
  const [, kind, target = ''] = /^(env|file):(.+)$/s.exec(source.trim()) ?? []
  if (kind === 'env') return notEmpty(context.env[target], `the variable ${target} is not set`, option)
  if (kind === 'file') return notEmpty(fileText(target, option), `the file ${target} is empty`, option)
  if (source.trim() !== '-') {
    throw new CommandFailure(`${option}: expected ${SECRET_SOURCE}. A secret is not taken from the command line.`, exitCodes.usage)
  }
  if (!context.readSecret) throw new CommandFailure(`${option}: there is no standard input.`, exitCodes.usage)
  return notEmpty(await context.readSecret(question), 'standard input is empty', option)
}

export function fileText(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new CommandFailure(`${option}: the file ${path} cannot be read (${reason})`)
  }
}

function notEmpty(text: string | undefined, otherwise: string, option: string): string {
  const secret = text?.trim()
  if (!secret) throw new CommandFailure(`${option}: ${otherwise}`)
  return secret
}
