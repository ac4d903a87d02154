/** What a benchmark is, and how its result is read: a ratio to a baseline measured in the same run, since absolute figures swing with the machine. */

import type { Milliseconds } from '../src/kit/time.ts'

export interface Measurement {
  readonly name: string
  /** Per second; more is better. */
  readonly rate: number
  readonly unit: string
  /** How long 99 of 100 took at most, in milliseconds. */
  readonly p99?: Milliseconds
  /** The median, and the longest of all. */
  readonly p50?: Milliseconds
  readonly worst?: Milliseconds
  /** What one of them took on the way, on average. */
  readonly each?: Readonly<Record<string, number>>
}

export interface BenchResult {
  readonly baseline: Measurement
  readonly measured: readonly Measurement[]
}

export interface Bench {
  readonly name: string
  /** What it says, in one sentence. */
  readonly about: string
  run(): Promise<BenchResult>
}

export interface ReportLine extends Measurement {
  readonly bench: string
  /** To the baseline; 1 for the baseline itself. */
  readonly ratio: number
}

export const reportOf = (bench: string, { baseline, measured }: BenchResult): readonly ReportLine[] =>
  [baseline, ...measured].map((one) => ({ bench, ...one, ratio: one.rate / baseline.rate }))

export function table(lines: readonly ReportLine[]): string {
  const rows = lines.map(({ name, rate, unit, ratio, ...more }) => [
    name,
    `${Math.round(rate).toLocaleString('en')} ${unit}/s`,
    `× ${ratio.toFixed(2)}`,
    detailsOf(more),
  ])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   '),
    )
    .join('\n')
}

const detailsOf = ({ p50, p99, worst, each = {} }: Pick<Measurement, 'p50' | 'p99' | 'worst' | 'each'>): string =>
  [
    ...Object.entries({ p50, p99, worst }).flatMap(([name, time]) => (time === undefined ? [] : [`${name} ${Math.round(time)} ms`])),
    ...Object.entries(each).map(([name, count]) => `${count.toFixed(1)} ${name} each`),
  ].join(', ')
