/** Reads `MICROSOFT_INGESTION_VERSIONS`. */
import { type IngestionVersionName, type IngestionVersions, isIngestionVersion, isIngestionVersionName } from '../microsoft/index.ts'

/** `listing=2022-03-01-preview5,plan=2022-07-01`; undefined when a name or a version is none, or a name comes twice. */
export function readIngestionVersions(text: string): Partial<IngestionVersions> | undefined {
  const versions = new Map<IngestionVersionName, string>()
  for (const pair of text.split(',')) {
    const [name = '', version = '', ...rest] = pair.split('=').map((part) => part.trim())
    if (!isIngestionVersionName(name) || !isIngestionVersion(version) || rest.length > 0 || versions.has(name)) return undefined
    versions.set(name, version)
  }
  return Object.fromEntries(versions)
}
