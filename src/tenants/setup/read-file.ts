/** The whole way from text to a checked set-up, or to every fault in it. */
import { crossFaults } from './cross-checks.ts'
import { faultsOfIssues, type Path, pathText, type SetupFault } from './faults.ts'
import { parseText } from './parse.ts'
import { type References, resolveReferences } from './references.ts'
import { type SetupFile, setupFile } from './schema.ts'
import { schemaKeys } from './schema-keys.ts'

export type SetupReading =
  | { readonly ok: true; readonly setup: SetupFile; lineOf(path: Path): number | undefined }
  | { readonly ok: false; readonly faults: readonly PlacedFault[] }

export interface PlacedFault extends SetupFault {
  /** In the file, from 1. */
  readonly line: number | undefined
}

/** Reads a set-up file. Faults name their place and what was expected, never a value. */
export function readSetup(text: string, references: References): SetupReading {
  const parsed = parseText(text)
  const fail = (faults: readonly SetupFault[]): SetupReading => ({ ok: false, faults: placed(faults, parsed.lineOf) })
  if (parsed.faults.length > 0) return fail(parsed.faults)
  const resolved = resolveReferences(parsed.data, references)
  const checked = setupFile.safeParse(resolved.data)
  const found = checked.success ? [] : faultsOfIssues(checked.error.issues, resolved.data, schemaKeys())
  const faults = [...resolved.faults, ...withoutRepeats(found, resolved.faults), ...crossFaults(parsed.data)]
  if (!checked.success || faults.length > 0) return fail(faults)
  return { ok: true, setup: checked.data, lineOf: parsed.lineOf }
}

/** A reference that leads nowhere is one fault, not two. */
const withoutRepeats = (found: readonly SetupFault[], references: readonly SetupFault[]): readonly SetupFault[] =>
  found.filter((fault) => !references.some((reference) => pathText(reference.path) === pathText(fault.path)))

const placed = (faults: readonly SetupFault[], lineOf: (path: Path) => number | undefined): readonly PlacedFault[] =>
  faults.map((fault) => ({ ...fault, line: lineOf(fault.path) })).sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
