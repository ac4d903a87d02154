/** Points in time: in UTC as sent, in the reader's own time once the script runs. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kit/time.ts'
import type { Setting } from '../setting.ts'

interface Props {
  readonly at: Instant
  readonly setting: Setting
}

export const DateAndTime = ({ at, setting }: Props): VNode => (
  <time dateTime={at.toISOString()} data-local="datetime">
    {`${format(setting, { dateStyle: 'medium', timeStyle: 'short' }, at)} UTC`}
  </time>
)

/** With how long ago, as far as the script can say. */
export const Since = ({ at, setting }: Props): VNode => (
  <>
    <DateAndTime at={at} setting={setting} /> <small data-ago={at.toISOString()} />
  </>
)

/** A calendar day of Microsoft's (term dates): the same day for everybody. */
export const dayText = ({ at, setting }: Props): string => format(setting, { dateStyle: 'long' }, at)

const format = ({ locale }: Setting, style: Intl.DateTimeFormatOptions, at: Instant): string =>
  new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(at.getTime())
