import { type Change, differences, type View } from './changes.ts'

/** The change from one view to another; none when nothing differs. */
export function changeOf(base: Pick<Change, 'tenantId' | 'what' | 'id'>, before: View | undefined, after: View): readonly Change[] {
  const fields = differences(before, after)
  if (before && fields.length === 0) return []
  const archived = before && before.shown['status'] !== 'archived' && after.shown['status'] === 'archived'
  return [{ ...base, action: before ? (archived ? 'archive' : 'change') : 'add', fields }]
}
