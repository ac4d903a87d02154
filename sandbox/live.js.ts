/**
 * The sandbox's one script, served at `/store/live.js`: a page whose `<main>` carries `data-live` is fetched again every two seconds and
 * its contents exchanged when they differ, unless somebody is in the middle of filling a form. Everything works without it.
 */
export const liveScript = `
const main = document.querySelector('main[data-live]')
const busy = () => document.hidden || main.querySelector('details[open]') || main.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')
const look = async () => {
  try {
    if (busy()) return
    const reply = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!reply.ok) return
    const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('main')
    if (fresh && !busy() && fresh.innerHTML !== main.innerHTML) main.innerHTML = fresh.innerHTML
  } catch { /* offline for a moment: the next look will tell */ }
}
if (main) setInterval(look, 2000)
`
