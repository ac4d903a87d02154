/** `<time data-local>` in the reader's own time zone; `data-ago` adds how long ago, kept up to date. */
export const timeScript = `
const language = document.documentElement.lang || 'en'
const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60]]
const relative = (at) => {
  const seconds = Math.round((at - Date.now()) / 1000)
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return unit === 'second' ? ago.format(0, 'minute') : ago.format(Math.trunc(seconds / size), unit)
}
const showTimes = (root) => {
  for (const time of root.querySelectorAll('time[data-local]')) {
    const at = new Date(time.dateTime)
    const style = time.dataset.local === 'date' ? { dateStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' }
    const text = at.toLocaleString(language, style)
    if (time.textContent !== text) time.textContent = text
  }
  for (const note of root.querySelectorAll('[data-ago]')) {
    const text = '(' + relative(new Date(note.dataset.ago)) + ')'
    if (note.textContent !== text) note.textContent = text
  }
}
showTimes(document)
setInterval(() => showTimes(document), 30000)
`
