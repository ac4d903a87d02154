/**
 * The living part of a status page: asks for its state, exchanges it when it has changed, says so to screen readers, and rests while
 * nobody looks. `GET …/status` answers `{ hash }`; `GET …/fragment` the part itself.
 */
export const liveScript = `
const announcer = document.querySelector('[data-announcer]')
let living = document.querySelector('[data-live]')
let quiet = 0
let failed = 0
let timer
const exchange = async () => {
  const reply = await fetch(living.dataset.fragment, { headers: { accept: 'text/html' }, cache: 'no-store' })
  if (!reply.ok) throw new Error(String(reply.status))
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('[data-live]')
  if (!fresh || fresh.dataset.reload !== undefined) return location.reload()
  const hadFocus = living.contains(document.activeElement)
  const open = document.adoptNode(fresh)
  living.replaceWith(open)
  living = open
  showTimes(living)
  document.title = living.dataset.title
  if (hadFocus) living.querySelector('h1')?.focus()
  if (announcer) announcer.textContent = living.querySelector('h1')?.textContent + '. ' + (living.querySelector('[data-lead]')?.textContent ?? '')
}
const look = async () => {
  if (document.hidden) return
  try {
    const reply = await fetch(living.dataset.status, { headers: { accept: 'application/json' }, cache: 'no-store' })
    if (reply.status === 401 || reply.status === 403 || reply.status === 404) return location.reload()
    if (!reply.ok) throw new Error(String(reply.status))
    const { hash } = await reply.json()
    quiet = hash === living.dataset.hash ? quiet + 1 : 0
    if (hash !== living.dataset.hash) await exchange()
    failed = 0
  } catch {
    failed += 1
  }
  const offline = document.querySelector('[data-offline]')
  if (offline) offline.hidden = failed < 3
  plan()
}
const plan = () => {
  clearTimeout(timer)
  const base = Number(living.dataset.poll)
  const slower = Math.min(8, 1 + Math.floor(quiet / 15)) * Math.min(8, 2 ** failed)
  timer = setTimeout(look, Math.min(base * slower, Math.max(base, 60000)))
}
if (living?.dataset.poll) {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    quiet = 0
    look()
  })
  plan()
}
`
