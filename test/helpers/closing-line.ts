/** The last line of a run: how many passed, failed and were skipped. */
import type { Reporter, TestModule } from 'vitest/node'

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      if (module.errors().length > 0) count.failed++
      for (const test of module.children.allTests()) count[test.result().state]++
    }
    process.on('exit', () => console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`))
  }
}
