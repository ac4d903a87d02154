/** Larkspur Forms, a product without an offer, made ready to be published: proposed from Connect, and given what only the publisher knows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publisher } from '../../sandbox/seed.ts'
import { completedForms, type FormsChange } from '../../sandbox/testing/forms.ts'
import { offerId } from '../../src/kit/ids.ts'
import { terminal } from './at-terminal.ts'
import { TENANT, type World } from './world.ts'

export const FORMS = 'PRD-417-220-906'
export const FORMS_OFFER = offerId.parse('larkspur-forms')
export const formsKey = { tenantId: TENANT, offerId: FORMS_OFFER }

export interface FormsFile {
  readonly path: string
  /** Writes the file anew and applies it. */
  apply(change?: FormsChange): ReturnType<ReturnType<typeof terminal>>
  remove(): void
}

/** The publisher's credential is set, the product added, and the proposal written to a file that is not applied yet. */
export async function proposeForms(world: World): Promise<FormsFile> {
  const { clientId, secret } = publisher.partnerCenterApp
  const run = terminal(world, { input: secret })
  const folder = mkdtempSync(join(tmpdir(), 'bridge-forms-'))
  const path = join(folder, 'forms.yaml')
  for (const command of [
    ['credential', 'set', TENANT, 'partnerCenter', '--client-id', clientId, '--tenant-id', publisher.entraTenantId],
    ['product', 'add', TENANT, FORMS],
    ['offer', 'propose', TENANT, FORMS, '--file', path, '--preview', 'mara.vogt@fabrikam.example'],
  ]) {
    const ran = await run(...command)
    if (ran.code !== 0) throw new Error(ran.err)
  }
  const proposed = readFileSync(path, 'utf8')
  return {
    path,
    apply(change = {}) {
      writeFileSync(path, completedForms(proposed, change))
      return run('apply', path)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
