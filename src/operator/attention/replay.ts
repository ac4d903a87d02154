/** Having the notice of an item looked at again. */
import type { AttentionItem } from '../../attention/index.ts'
import type { Tx } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'
import { replayNotice } from '../../subscriptions/index.ts'
import { notPossible, type Preview } from '../actions/action.ts'

export const previewReplay = async (item: AttentionItem): Promise<Preview> =>
  noticeOf(item) === undefined
    ? notPossible('NO_NOTICE', 'The item names no notice.')
    : {
        possible: true,
        effect: [
          'What Microsoft sent is read again, as this version understands it.',
          'Operation and subscription are looked at at once. A notice only says where to look: nothing else is changed.',
        ],
      }

export async function replayOf(tx: Tx, item: AttentionItem, by: string, now: Instant): Promise<void> {
  const notice = noticeOf(item)
  if (notice === undefined) throw new AppError('ERR_NOTICE_NOT_FOUND')
  await replayNotice(tx, notice, now, { tenantId: item.tenantId, by })
}

const noticeOf = ({ facts }: AttentionItem): string | undefined => (typeof facts['notice'] === 'string' ? facts['notice'] : undefined)
