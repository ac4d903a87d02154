/**
 * A bridge with an embedded database, in a process of its own: says `<adopted> <url>`, and at a line on stdin commits numbers one after the other, saying
 * each once its commit is acknowledged. Arguments: data folder. Ends by SIGTERM.
 */
import { once } from 'node:events'
import { sql } from 'kysely'
import { openDatabase, startEmbedded } from '../../../src/database/index.ts'
import { silentLog } from '../../../src/kit/log.ts'

const [dataDir = ''] = process.argv.slice(2)
const embedded = await startEmbedded({ dataDir, log: silentLog })
const { db, close } = openDatabase({ url: embedded.url, log: silentLog })
process.once('SIGTERM', async () => {
  await close()
  await embedded.stop()
  process.exit(0)
})
console.log(`${embedded.adopted ? 'adopted' : 'started'} ${embedded.url}`)

await once(process.stdin, 'data')
await sql`create table if not exists commits (n int primary key)`.execute(db)
for (let n = 1; ; n++) {
  await sql`insert into commits values (${n})`.execute(db)
  console.log(n)
}
