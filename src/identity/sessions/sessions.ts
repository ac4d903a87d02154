/** Who is signed in at which publisher's pages. The browser holds an opaque id; everything else is here. */
import type { Selectable } from 'kysely'
import { inTransaction, type Tx } from '../../database/index.ts'
import type { BuyerSessionRow } from '../../database/tables/identity.ts'
import { entraObjectId, entraTenantId, type TenantId } from '../../kit/ids.ts'
import { plus } from '../../kit/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { type Person, personOf, profile, samePerson } from '../person.ts'
import { hashOf, randomToken } from '../random.ts'
import { unsealed } from '../unsealed.ts'
import { carryHolds } from './holds.ts'
import { isAlive, isUseWorthWriting, WHOLE_LIFE } from './lifetimes.ts'
import type { Session } from './session.ts'

type Deps = Pick<IdentityDeps, 'db' | 'keyring' | 'clock' | 'log'>

const COLUMN = 'buyer_sessions.profile'

/** Begins a session under a new id. The browser's earlier one ends; for the same person its subscriptions go along. */
export async function startSession(deps: Deps, tenantId: TenantId, person: Person, earlierToken: string | undefined): Promise<Session> {
  const earlier = earlierToken === undefined ? undefined : await readSession(deps, tenantId, earlierToken)
  const session: Session = { tenantId, token: randomToken(), person }
  await inTransaction(deps.db, async (tx) => {
    await tx.insertInto('buyer_sessions').values(rowOf(deps, session)).execute()
    if (earlier && samePerson(earlier.person, person)) await carryHolds(tx, earlier, session)
    if (earlier) await remove(tx, earlier)
  })
  return session
}

/** The living session of this id, if any. `use: false` leaves its idle time running, for requests nobody made by hand. */
export async function readSession(deps: Deps, tenantId: TenantId, token: string, use = true): Promise<Session | undefined> {
  const { db, clock } = deps
  const row = await db
    .selectFrom('buyer_sessions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (!row) return undefined
  const lifetime = { lastUsedAt: row.last_used_at, expiresAt: row.expires_at }
  const now = clock.now()
  if (!isAlive(lifetime, now)) return undefined
  if (use && isUseWorthWriting(lifetime, now)) await writeUse(deps, row)
  const person = personIn(deps, row, tenantId)
  return person && { tenantId, token, person }
}

export const endSession = ({ db }: Deps, session: Session): Promise<void> => remove(db, session)

const rowOf = ({ keyring, clock }: Deps, { tenantId, token, person }: Session) => {
  const now = clock.now()
  return {
    tenant_id: tenantId,
    id_hash: hashOf(token),
    entra_tenant_id: person.entraTenantId,
    object_id: person.objectId,
    profile: keyring.seal(JSON.stringify(profile.parse(person)), { tenantId, column: COLUMN }),
    created_at: new Date(now.getTime()),
    last_used_at: new Date(now.getTime()),
    expires_at: new Date(plus(now, WHOLE_LIFE).getTime()),
  }
}

function personIn(deps: Deps, row: Selectable<BuyerSessionRow>, tenantId: TenantId): Person | undefined {
  const opened = unsealed(deps, row.profile, tenantId, COLUMN)
  if (opened === undefined) return undefined
  const id = { entraTenantId: entraTenantId.parse(row.entra_tenant_id), objectId: entraObjectId.parse(row.object_id) }
  return personOf(id, profile.parse(opened))
}

async function writeUse({ db, clock }: Deps, row: Selectable<BuyerSessionRow>): Promise<void> {
  await db
    .updateTable('buyer_sessions')
    .set({ last_used_at: new Date(clock.now().getTime()) })
    .where('tenant_id', '=', row.tenant_id)
    .where('id_hash', '=', row.id_hash)
    .execute()
}

async function remove(db: Deps['db'] | Tx, { tenantId, token }: Session): Promise<void> {
  await db.deleteFrom('buyer_sessions').where('tenant_id', '=', tenantId).where('id_hash', '=', hashOf(token)).execute()
}
