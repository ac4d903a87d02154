/** Staying with offers on their way: each stage as it comes, what blocks, and an exit code that says how it ended. */
import type { Command } from 'commander'
import { type HistoryEntry, type ObserveDeps, type PublicationKey, readPublication, sayEvent } from '../catalogue/index.ts'
import { errorCatalogue, isErrorCode } from '../kit/errors/index.ts'
import type { Milliseconds } from '../kit/time.ts'
import { type Followed, type FromMark, followOffers, publishOffer } from '../operator/index.ts'
import { time } from './attention-words.ts'
import { type CliContext, CommandFailure, exitCodes, print } from './context.ts'
import { readDuration } from './duration.ts'
import { operatorOf } from './operator.ts'
import { wrongUsage } from './parse.ts'
import { plain } from './table.ts'

export interface FollowOptions {
  readonly wait?: boolean
  readonly atMost?: string
  readonly yes?: boolean
  readonly json?: boolean
  readonly as?: string
}

export const addFollowing = (command: Command): Command =>
  command
    .option('--wait', 'stay until it is there or a person is needed, and tell each stage; Ctrl-C stops the telling only')
    .option('--at-most <time>', 'with --wait, no longer than this: 30m, 12h, 3d')

/** Asked once more for each offer at most: whatever blocks again wants to be looked at in peace. */
const MOST_ROUNDS = 2

/** @returns how each ended; nothing without `--wait` */
export async function follow(
  context: CliContext,
  deps: ObserveDeps,
  offers: readonly FromMark[],
  options: FollowOptions,
): Promise<readonly Followed[]> {
  const { pause, clock } = context
  if (!options.wait || !pause) return []
  const told = new Map(offers.map((one) => [one.offerId, one.after]))
  const tell = (key: PublicationKey, entry: HistoryEntry) => {
    told.set(key.offerId, entry.id)
    if (!options.json && entry.event.what !== 'blocked') print(context, false, undefined, () => [lineOf(key, entry, offers.length > 1)])
  }
  const nobodyLooks = () => context.err('note: Nobody has looked at it yet. Is the bridge running, on this database?\n')
  const atMost = lengthOf(options.atMost)
  const run = (some: readonly FromMark[]) => followOffers({ db: deps.db, clock, pause }, { offers: some, atMost, tell, nobodyLooks })
  let ended = await run(offers)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const again = await agreedTo(context, deps, ended, options)
    if (again.length === 0) break
    const later = await run(again.map((key) => ({ ...key, after: told.get(key.offerId) ?? 0n })))
    ended = ended.map((one) => later.find(({ offerId, tenantId }) => offerId === one.offerId && tenantId === one.tenantId) ?? one)
  }
  return ended
}

const lengthOf = (text: string | undefined): Milliseconds | undefined => {
  const length = text === undefined ? undefined : readDuration(text)
  if (text !== undefined && length === undefined) throw wrongUsage('--at-most: expected a time such as 30m, 12h or 3d')
  return length
}

const lineOf = ({ offerId }: PublicationKey, { at, by, event }: HistoryEntry, several: boolean): string =>
  plain(`${time(at)}  ${several ? `${offerId}: ` : ''}${sayEvent(event)}${by === 'bridge' ? '' : ` (${by})`}`)

/** What only lacks a yes: it is told what the yes is to, and asked for. */
async function agreedTo(
  context: CliContext,
  deps: ObserveDeps,
  ended: readonly Followed[],
  options: FollowOptions,
): Promise<readonly PublicationKey[]> {
  const agreed: PublicationKey[] = []
  for (const { tenantId, offerId, end } of ended) {
    if (end.kind !== 'blocked' || !['edits', 'confirm'].includes(end.why)) continue
    const key = { tenantId, offerId }
    if (await agrees(context, deps, key, options)) agreed.push(key)
  }
  return agreed
}

async function agrees(
  context: CliContext,
  deps: ObserveDeps,
  key: PublicationKey,
  { yes, json, ...options }: FollowOptions,
): Promise<boolean> {
  const { ask } = context
  if (!(yes || (ask && !json))) return false
  const target = (await readPublication(deps.db, key))?.target ?? 'draft'
  const action = publishOffer(deps, key, target, operatorOf(context, options))
  const preview = await action.preview()
  if (!preview.possible) return false
  if (!json)
    print(context, false, undefined, () => [
      `${key.offerId} needs a yes. This will happen:`,
      ...preview.effect.map((one) => `  ${plain(one)}`),
    ])
  if (!(yes || (await ask?.('Go on?')))) return false
  return (await action.carryOut()).outcome !== 'notPossible'
}

/** @throws CommandFailure unless all are where they are wanted; the gravest end decides the exit code */
export function endWith(context: CliContext, followed: readonly Followed[], json: boolean | undefined): void {
  if (!json) print(context, false, undefined, () => followed.flatMap(thereLines))
  const rest = followed.filter(({ end }) => end.kind !== 'there')
  if (rest.length === 0) return
  const code = rest.some(({ end }) => end.kind === 'blocked' || end.kind === 'notWanted')
    ? exitCodes.failed
    : rest.some(({ end }) => end.kind === 'stopped')
      ? exitCodes.stopped
      : exitCodes.underWay
  throw new CommandFailure(rest.flatMap(restLines).map(plain).join('\n'), code)
}

const THERE = { draft: 'the draft is as wanted', preview: 'the preview stands', live: 'live', ended: 'out of the store' } as const

const thereLines = ({ offerId, end }: Followed): readonly string[] => (end.kind === 'there' ? [`${offerId}: ${THERE[end.target]}.`] : [])

function restLines({ tenantId, offerId, end }: Followed): readonly string[] {
  switch (end.kind) {
    case 'there':
      return []
    case 'blocked':
      return [`${offerId} is blocked:`, ...end.sentences.map((one) => `  ${one}`), `  ${whatToDo(end.why, `${tenantId} ${offerId}`)}`]
    case 'notWanted':
      return [`${offerId} was never sent on its way: bridge offer apply ${tenantId} ${offerId}`]
    case 'underWay':
    case 'stopped':
      return [`${offerId} is on its way, and the bridge goes on with it. To look again: bridge offer status ${tenantId} ${offerId}`]
  }
}

function whatToDo(why: string, names: string): string {
  if (isErrorCode(why)) return `${errorCatalogue[why].todo} (${why})`
  switch (why) {
    case 'edits':
      return `To publish the edits along: bridge offer apply ${names}. Otherwise take them back in Partner Center.`
    case 'confirm':
      return `To agree: bridge offer apply ${names} --to live`
    case 'certification':
      return `Once it is corrected: bridge offer apply ${names}`
    default:
      return `Correct it and apply it again; bridge offer plan ${names} tells what differs.`
  }
}
