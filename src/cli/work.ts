import { type Command, InvalidArgumentError } from 'commander'
import { listWork, type WorkItem } from '../database/work/index.ts'
import { AppError } from '../kit/errors/index.ts'
import { type TenantId, tenantId } from '../kit/ids.ts'
import { wakeAny } from '../operator/index.ts'
import { getTenant } from '../tenants/index.ts'
import { type Bridge, type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { plain, table } from './table.ts'

interface ListOptions {
  readonly tenant?: TenantId
  readonly kind?: string
  readonly key?: string
  readonly failed?: boolean
  readonly limit: number
  readonly json?: boolean
}

interface WakeOptions {
  readonly tenant?: TenantId
  readonly as?: string
  readonly note?: string
  readonly json?: boolean
}

export function addWork(program: Command, context: CliContext): void {
  const work = program.command('work').description('the work list: what waits to be looked at')
  work
    .command('list')
    .description('what waits, what is being looked at, what fails; the earliest first')
    .option('--tenant <tenant>', 'of this tenant only', readTenant)
    .option('--kind <kind>', 'of this kind only')
    .option('--key <key>', 'of this object only')
    .option('--failed', 'only what failed at its last look')
    .option('--limit <n>', 'at most so many, 1 to 1000', readLimit, 100)
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options))
  addOperator(work.command('wake'))
    .description('have an object looked at now; safe at any time')
    .argument('<kind>')
    .argument('<key>')
    .option('--tenant <tenant>', 'whose object it is; left out for those of the whole installation', readTenant)
    .option('--json', 'print JSON')
    .action((kind: string, key: string, options: WakeOptions) => wakeOne(context, kind, key, options))
}

function readTenant(text: string): TenantId {
  const read = tenantId.safeParse(text)
  if (!read.success) throw new InvalidArgumentError('Not a tenant id.')
  return read.data
}

function readLimit(text: string): number {
  const limit = /^\d+$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 1000) throw new InvalidArgumentError('1 to 1000.')
  return limit
}

async function list(context: CliContext, { tenant, kind, key, failed, limit, json }: ListOptions): Promise<void> {
  const items = await withBridge(context, ({ db }) => listWork(db, { tenantId: tenant, kind, key, failed, limit }))
  print(context, json, items, () => (items.length === 0 ? ['Nothing on the work list.'] : table(head, items.map(row))))
}

const head = ['TENANT', 'KIND', 'KEY', 'DUE', 'LOOKED AT UNTIL', 'ATTEMPTS', 'LAST ERROR']

const row = (item: WorkItem): readonly string[] => [
  item.tenantId ?? '-',
  item.kind,
  item.key,
  item.dueAt?.toISOString() ?? '-',
  item.leasedUntil?.toISOString() ?? '-',
  String(item.attempts),
  item.lastError ? plain(`${item.lastError.code} ${item.lastError.message}`) : '-',
]

async function wakeOne(context: CliContext, kind: string, key: string, { tenant, json, note, ...options }: WakeOptions): Promise<void> {
  await withBridge(context, async (bridge) => {
    await refuseUnknown(bridge, kind, tenant)
    await wakeAny(bridge.operator, { tenantId: tenant, kind, key, note }, operatorOf(context, options))
  })
  print(context, json, { woken: { tenantId: tenant, kind, key } }, () => [`${kind} ${key} is due now.`])
}

/** A row nobody looks at would lie on the list for ever. */
async function refuseUnknown({ db }: Bridge, kind: string, tenant: TenantId | undefined): Promise<void> {
  const kinds = (await db.selectFrom('work_kind').select('kind').orderBy('kind').execute()).map((known) => known.kind)
  if (!kinds.includes(kind)) {
    throw new CommandFailure(`No worker looks at "${kind}". Known kinds: ${kinds.join(', ') || 'none yet; start the bridge once'}.`)
  }
  if (tenant !== undefined && !(await getTenant(db, tenant))) throw new AppError('ERR_TENANT_NOT_FOUND')
}
