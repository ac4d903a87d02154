/**
 * Named points where a test can stop the work as a crash would: between the call and the storing of its answer, say. Given as a dependency;
 * in production it is `noCrash`.
 */
export type CrashPoint = (name: string) => void

export const noCrash: CrashPoint = () => {}

/** What a test's crash throws: no code of ours may mistake it for an answer from outside. */
export class Crash extends Error {
  constructor(point: string) {
    super(`crashed on purpose at ${point}`)
    this.name = 'Crash'
  }
}

/**
 * Crashes when `point` is passed for the n-th time (1 when left out), and never again.
 * @param act how: throws a `Crash` when left out; `() => process.exit(1)` or a kill for tests with processes of their own.
 */
export function crashAt(point: string, { pass = 1, act = throwCrash }: { pass?: number; act?: (point: string) => void } = {}): CrashPoint {
  let passed = 0
  return (name) => {
    if (name !== point) return
    passed += 1
    if (passed === pass) act(point)
  }
}

/** Keeps the names in the order they are passed: a first run with it lists every point to crash at. */
export function recordedCrashPoints(): { readonly crashPoint: CrashPoint; readonly passed: readonly string[] } {
  const passed: string[] = []
  return { crashPoint: (name) => void passed.push(name), passed }
}

const throwCrash = (point: string): never => {
  throw new Crash(point)
}
