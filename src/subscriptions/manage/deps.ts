import type { Db, Tx } from '../../database/index.ts'
import type { ConvergeDeps } from '../deps.ts'

/** What managing works with. Connect is not among it: what Microsoft shows is brought there by converging. */
export type ManageDeps = Pick<ConvergeDeps<Tx>, 'clientsFor' | 'clock' | 'crashPoint'> & { readonly db: Db }
