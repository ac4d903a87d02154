/** What the work list calls for usage. */
import type { Look } from '../database/work/index.ts'
import { filesLook } from './connect/find.ts'
import { fileLook } from './connect/look.ts'
import type { UsageDeps } from './deps.ts'
import { phaseLook } from './phase.ts'
import { readBackLook } from './read-back/compare.ts'
import { riskLook } from './risk/risk.ts'
import { sealLook } from './seal.ts'
import { sendLook } from './send.ts'

export const usageLooks = (deps: UsageDeps): readonly Look[] => [
  sealLook(deps),
  sendLook(deps),
  phaseLook(deps),
  filesLook(deps),
  fileLook(deps),
  readBackLook(deps),
  riskLook(deps),
]
