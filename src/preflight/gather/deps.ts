/** What looking at everything works with. */
import { AppError, errorCatalogue } from '../../kit/errors/index.ts'
import type { CheckDeps, TenantClients } from '../../tenants/index.ts'
import type { Asked } from '../rules/check.ts'

export interface DoctorDeps extends CheckDeps {
  readonly clients: Pick<TenantClients, 'connectFor' | 'microsoftFor' | 'ingestionFor'>
  /** Calls an address from outside: see `REACHABILITY_PROBE_URL`. */
  readonly reachabilityProbe: string | undefined
}

/** The answer of the other side, or why there is none. @throws whatever is no failure of ours to foresee */
export async function ask<T>(question: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { answered: true, value: await question() }
  } catch (error) {
    if (error instanceof AppError)
      return { answered: false, because: `${error.message} (${error.code})`, todo: errorCatalogue[error.code].todo }
    throw error
  }
}
