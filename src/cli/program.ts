/** The command line: `bridge COMMAND …`. Each command is a thin caller of the rooms below, in a file of its own. */
import { Command, CommanderError } from 'commander'
import { AppError, errorCatalogue } from '../kit/errors/index.ts'
import { addApiKey } from './api-key.ts'
import { addApply } from './apply.ts'
import { addAttention } from './attention.ts'
import { addConnect } from './connect-places.ts'
import { type CliContext, CommandFailure, exitCodes } from './context.ts'
import { addCredential } from './credential.ts'
import { addDoctor } from './doctor.ts'
import { addListing } from './listing.ts'
import { addNotification } from './notification.ts'
import { addOffer } from './offer.ts'
import { addPrivateOffer } from './private-offer.ts'
import { addProduct } from './product.ts'
import { addReconcile } from './reconcile.ts'
import { addSubscription } from './subscription.ts'
import { addTenant } from './tenant.ts'
import { addUsage } from './usage/usage.ts'
import { addWork } from './work.ts'

const commands: readonly ((program: Command, context: CliContext) => void)[] = [
  addApply,
  addTenant,
  addCredential,
  addConnect,
  addDoctor,
  addProduct,
  addOffer,
  addPrivateOffer,
  addListing,
  addSubscription,
  addAttention,
  addApiKey,
  addNotification,
  addReconcile,
  addUsage,
  addWork,
]

/** The commands there are, not run yet. */
export function createProgram(context: CliContext): Command {
  const program = new Command('bridge')
    .description('Marketplace Bridge: sells CloudBlue Connect products on the Microsoft commercial marketplace.')
    .addHelpText(
      'after',
      '\nReads the same environment as the server (docs/configuration.md). Exit codes: 0 done, 1 failed, 2 wrong usage, 3 only previewed, 4 still on its way, 130 stopped following.',
    )
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showHelpAfterError('(bridge --help lists the commands)')
  for (const add of commands) add(program, context)
  inheritSettings(program)
  return program
}

/** Commander copies settings only to commands made after them, and not below groups. */
function inheritSettings(command: Command): void {
  for (const below of command.commands) {
    below.copyInheritedSettings(command)
    inheritSettings(below)
  }
}

/**
 * Runs one command.
 * @param args without the program's own name
 * @returns one of `exitCodes`
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    context.err(`${textOf(error)}\n`)
    return error instanceof CommandFailure ? error.exitCode : exitCodes.failed
  }
}

/** An error of ours says what to do; any other shows its kind only, for its text might hold anything. */
function textOf(error: unknown): string {
  if (error instanceof CommandFailure) return error.message
  if (error instanceof AppError) return `${error.message}\n${errorCatalogue[error.code].todo} (${error.code})`
  const name = error instanceof Error ? error.name : typeof error
  return `${errorCatalogue.ERR_INTERNAL.what} (${name})`
}
