/** `npm run bench [name …] [-- --json]`: runs the named benchmarks, or all. The table goes to the terminal; with `--json` the figures go to stdout, and nothing else. */
import { changesBench } from './changes.ts'
import { convergeBench } from './converge.ts'
import { firstSaleBench } from './first-sale.ts'
import { type Bench, type ReportLine, reportOf, table } from './frame.ts'
import { noticesBench } from './notices.ts'
import { usageBench } from './usage.ts'
import { usageSpreadsheetBench } from './usage-spreadsheet.ts'
import { usageSubmitBench } from './usage-submit.ts'
import { workListBench } from './work-list.ts'

const benches: readonly Bench[] = [
  workListBench,
  firstSaleBench,
  noticesBench,
  changesBench,
  convergeBench,
  usageBench,
  usageSubmitBench,
  usageSpreadsheetBench,
]

const options = process.argv.slice(2)
const names = options.filter((option) => !option.startsWith('--'))
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const lines: ReportLine[] = []
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.error(`${bench.name}: ${bench.about}`)
  const report = reportOf(bench.name, await bench.run())
  console.error(`${table(report)}\n`)
  lines.push(...report)
}
if (options.includes('--json')) console.log(JSON.stringify(lines, undefined, 2))
