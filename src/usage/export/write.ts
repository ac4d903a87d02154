/** The export as CSV, safe to open in a spreadsheet, or as JSON; in parts, as it is read. */
import { csvLine } from '../../kit/csv.ts'
import type { TracedRecord, TracedShare } from './trace.ts'

const HEAD = [
  ...['tenant', 'product', 'subscription', 'dimension', 'source', 'key', 'file', 'quantity', 'consumed from (UTC)', 'consumed at (UTC)'],
  ...[
    'received at (UTC)',
    'state',
    'because',
    'record decided by',
    'record decided at (UTC)',
    'record note',
    'hour (UTC)',
    'plan',
    'hour state',
    'hour because',
    'hour records',
    'hour reported',
  ],
  ...[
    'hour sealed with',
    'hour carried',
    'shares',
    'usage event',
    'accepted quantity',
    'accepted at (UTC)',
    'decided by',
    'decided at (UTC)',
    'note',
    'purchase',
  ],
]

export async function* asCsv(records: AsyncIterable<TracedRecord>): AsyncGenerator<string> {
  yield csvLine(HEAD)
  for await (const { slot, ...one } of records) {
    yield csvLine(
      [
        ...[
          one.tenantId,
          one.productId,
          one.subscriptionId,
          one.dimension,
          one.source,
          one.key,
          one.fileId,
          one.quantity,
          one.consumedFrom,
        ],
        ...[one.consumedAt, one.receivedAt, one.state, one.because, one.decidedBy, one.decidedAt, one.decidedNote],
        ...(slot
          ? [
              ...[slot.hour, slot.planId, slot.state, slot.because, String(slot.records), slot.reported, slot.sealedQuantity, slot.carried],
              ...[slot.shares.map(shareInWords).join('; '), slot.usageEventId, slot.acceptedQuantity, slot.acceptedAt],
              ...[slot.decidedBy, slot.decidedAt, slot.decidedNote],
            ]
          : Array.from({ length: HEAD.length - 17 }, () => undefined)),
        one.environment,
      ].map((cell) => cell ?? undefined),
    )
  }
}

const shareInWords = ({ plan, termStart, kind, included, consumed, sealed }: TracedShare): string =>
  `${plan} ${kind === 'rest' ? 'rest' : 'term'} since ${termStart}: consumed ${consumed}, included ${included ?? '0'}, sealed ${sealed}`

export async function* asJson(records: AsyncIterable<TracedRecord>): AsyncGenerator<string> {
  yield '{ "records": ['
  let separator = '\n'
  for await (const record of records) {
    yield `${separator}${JSON.stringify(record)}`
    separator = ',\n'
  }
  yield '\n] }\n'
}
