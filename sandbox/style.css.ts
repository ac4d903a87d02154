/** The sandbox's one stylesheet, served at `/store/style.css`: tokens first, then elements, then parts. Light and dark, phone to desktop. */

const tokens = `
:root {
  color-scheme: light dark;
  --bg: #f5f6f8; --surface: #ffffff; --sunken: #eef0f4; --text: #1b1f2a; --muted: #565e6f; --line: #dde1e8;
  --accent: #1d58c9; --accent-strong: #16469f; --accent-soft: #e6eefc; --on-accent: #ffffff;
  --good: #12663f; --good-soft: #dff3e8; --warn: #7a4b00; --warn-soft: #fdf0d5; --bad: #a3202c; --bad-soft: #fce4e6;
  --hue1: #6a3fc0; --hue1-soft: #efe8fb; --hue2: #0b5f6e; --hue2-soft: #dcf2f5;
  --shadow: 0 1px 2px rgb(20 26 40 / .06), 0 8px 24px rgb(20 26 40 / .06);
  --radius: 14px; --gap: 1rem;
}
body[data-section='desk'] { --accent: #6a3fc0; --accent-strong: #53309a; --accent-soft: #efe8fb; }
body[data-section='partner'] { --accent: #0a6b52; --accent-strong: #07513e; --accent-soft: #dff3ec; }
body[data-section='entra'] { --accent: #0b5f8a; --accent-strong: #084a6c; --accent-soft: #e1f1f9; }
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #11141b; --surface: #1a1e28; --sunken: #232835; --text: #eceff5; --muted: #a6aebf; --line: #313848;
    --accent: #8fb4ff; --accent-strong: #b3ccff; --accent-soft: #1f2c49; --on-accent: #0b1630;
    --good: #7fdcae; --good-soft: #16352a; --warn: #f2c572; --warn-soft: #3a2d13; --bad: #ff9aa2; --bad-soft: #43191f;
    --hue1: #c3a8ff; --hue1-soft: #2d2447; --hue2: #7fd6e4; --hue2-soft: #12333a;
    --shadow: 0 1px 2px rgb(0 0 0 / .4);
  }
  body[data-section='desk'] { --accent: #c3a8ff; --accent-strong: #d9c7ff; --accent-soft: #2d2447; --on-accent: #1b0f36; }
  body[data-section='partner'] { --accent: #7fdcbc; --accent-strong: #a9ecd4; --accent-soft: #14382d; --on-accent: #06281d; }
  body[data-section='entra'] { --accent: #7fcdf2; --accent-strong: #a9dff8; --accent-soft: #15323f; --on-accent: #06222f; }
}`

const elements = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--text); font: 1rem/1.55 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Helvetica Neue', sans-serif; }
h1, h2, h3 { line-height: 1.2; margin: 0; letter-spacing: -.01em; text-wrap: balance; }
h1 { font-size: clamp(1.55rem, 1.2rem + 1.6vw, 2.1rem); }
h2 { font-size: 1.2rem; }
h3 { font-size: 1rem; }
p { margin: 0; max-width: 68ch; }
a { color: var(--accent); text-underline-offset: .18em; }
a:hover { color: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
code, .mono { font: .875em/1.4 ui-monospace, 'Cascadia Mono', SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
hr { border: 0; border-top: 1px solid var(--line); margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .925rem; }
th { text-align: left; color: var(--muted); font-weight: 600; font-size: .8rem; }
th, td { padding: .6rem .75rem .6rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > td { border-bottom: 0; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { padding: 0; font-weight: 600; margin-bottom: .4rem; }
label, .label { display: block; font-weight: 600; font-size: .925rem; margin-bottom: .3rem; }
input, select, textarea, button { font: inherit; color: inherit; }
input:not([type='checkbox'], [type='radio']), select, textarea {
  width: 100%; min-height: 2.75rem; padding: .5rem .75rem; background: var(--surface); border: 1px solid var(--muted); border-radius: 9px;
}
textarea { min-height: 5.5rem; resize: vertical; }
input[type='checkbox'], input[type='radio'] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); flex: none; margin: .2rem 0 0; }
summary { cursor: pointer; font-weight: 600; padding: .35rem 0; }`

const frame = `
.skip { position: absolute; left: -999rem; top: .5rem; background: var(--surface); padding: .6rem 1rem; border-radius: 9px; z-index: 2; }
.skip:focus { left: .5rem; }
.top { background: var(--surface); border-bottom: 1px solid var(--line); }
.top > div { max-width: 68rem; margin: 0 auto; padding: .7rem 1.25rem; display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.5rem; }
.brand { display: inline-flex; align-items: center; gap: .6rem; font-weight: 650; color: var(--text); text-decoration: none; }
.brand svg { width: 1.75rem; height: 1.75rem; color: var(--accent); }
.top nav { display: flex; flex-wrap: wrap; gap: .15rem; margin-left: -.65rem; }
.top nav a { padding: .45rem .65rem; border-radius: 8px; text-decoration: none; color: var(--muted); font-weight: 550; }
.top nav a:hover { background: var(--sunken); color: var(--text); }
.top nav a[aria-current] { color: var(--accent); background: var(--accent-soft); }
.clock { margin-left: auto; font-size: .85rem; color: var(--muted); font-variant-numeric: tabular-nums; }
main { max-width: 68rem; margin: 0 auto; padding: 1.75rem 1.25rem 3.5rem; display: grid; gap: 1.5rem; }
main.narrow h1 { font-size: 1.5rem; }
main.narrow { max-width: 30rem; padding-top: clamp(1.75rem, 10vh, 6.5rem); }
.foot { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem 2rem; color: var(--muted); font-size: .85rem; }
.head { display: grid; gap: .45rem; }
.crumb { font-size: .9rem; }
.lead { color: var(--muted); font-size: 1.05rem; }
.muted { color: var(--muted); }
.small { font-size: .875rem; }
.stack { display: grid; gap: var(--gap); align-content: start; }
.tight { display: grid; gap: .35rem; align-content: start; }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.spread { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: flex-start; justify-content: space-between; }
.grid { display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.two { display: grid; gap: 1.5rem; align-items: start; }
@media (min-width: 56rem) { .two { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
.scroll { overflow-x: auto; }`

const more = `.nowrap { flex-wrap: nowrap; }
.grow { flex: 1; min-width: 0; display: grid; }
.inset { display: inline-flex; max-width: calc(100% - 1.5rem); vertical-align: top; }
.offer { grid-template-rows: auto 1fr auto auto; }
.offer .spread { align-items: center; flex-wrap: nowrap; }
.offer .price strong { font-size: 1.15rem; }
.card.flush { padding: .35rem; gap: 0; }
.entry { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; padding: .85rem .9rem; border-radius: 11px; text-decoration: none; color: inherit; }
.entry:hover { background: var(--sunken); color: inherit; }
.entry .grow { flex-basis: 13rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
.inline { display: flex; gap: .6rem; flex-wrap: wrap; }
.inline > input, .inline > select { flex: 1 1 7rem; width: auto; min-width: 0; }
.tick { display: flex; gap: .7rem; font-weight: 400; margin: 0; cursor: pointer; }
.tick .hint { display: block; margin: 0; }
.event { display: grid; gap: .35rem; padding: .9rem 0; }
.event:first-child { padding-top: 0; }
.event:last-child { padding-bottom: 0; }
.body { margin: 0; padding: .9rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--sunken); border-radius: 10px; font: .8rem/1.5 ui-monospace, 'Cascadia Mono', SFMono-Regular, Menlo, Consolas, monospace; }`

const parts = `
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); padding: 1.25rem; display: grid; gap: .9rem; align-content: start; min-width: 0; }
.card.link { transition: border-color .15s; }
.card.link:hover { border-color: var(--accent); }
.button { display: inline-flex; align-items: center; justify-content: center; gap: .4rem; min-height: 2.75rem; padding: .5rem 1.15rem; border: 1px solid var(--muted); border-radius: 10px;
  background: var(--surface); color: var(--text); font-weight: 600; text-decoration: none; cursor: pointer; }
.button:hover { background: var(--sunken); color: var(--text); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
.button.danger { color: var(--bad); border-color: var(--bad); }
.button.danger:hover { background: var(--bad-soft); }
.button.small { min-height: 2.1rem; padding: .25rem .8rem; font-size: .9rem; }
.button.wide { width: 100%; }
.tag { display: inline-flex; align-items: center; gap: .4rem; padding: .12rem .65rem; border-radius: 99px; font-size: .82rem; font-weight: 600; background: var(--sunken); color: var(--muted); white-space: nowrap; }
.tag::before { content: ''; width: .5rem; height: .5rem; border-radius: 50%; background: currentColor; }
.tag.plain::before { display: none; }
.tag.good { background: var(--good-soft); color: var(--good); }
.tag.warn { background: var(--warn-soft); color: var(--warn); }
.tag.bad { background: var(--bad-soft); color: var(--bad); }
.tag.info { background: var(--accent-soft); color: var(--accent); }
.notice { padding: .85rem 1.1rem; border-radius: 11px; background: var(--accent-soft); border: 1px solid color-mix(in srgb, var(--accent) 35%, transparent); }
.notice.neutral { background: var(--sunken); border-color: var(--line); }
.notice.good { background: var(--good-soft); border-color: color-mix(in srgb, var(--good) 35%, transparent); }
.notice.warn { background: var(--warn-soft); border-color: color-mix(in srgb, var(--warn) 35%, transparent); }
.notice.bad { background: var(--bad-soft); border-color: color-mix(in srgb, var(--bad) 35%, transparent); }
.hint { color: var(--muted); font-size: .875rem; margin-top: .3rem; }
.facts { display: grid; grid-template-columns: minmax(7.5rem, max-content) 1fr; gap: .5rem 1.25rem; margin: 0; font-size: .95rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.choice { display: grid; grid-template-columns: auto 1fr auto; gap: .3rem .75rem; align-items: flex-start; padding: .8rem .9rem; margin: 0; border: 1px solid var(--line); border-radius: 11px; cursor: pointer; font-weight: 400; }
.choice:hover { border-color: var(--muted); }
.choice:has(:checked) { border-color: var(--accent); background: var(--accent-soft); }
.choice strong { display: block; }
.price { display: grid; line-height: 1.35; font-variant-numeric: tabular-nums; }
.choice .price { text-align: right; white-space: nowrap; }
.mark { width: 2.9rem; height: 2.9rem; border-radius: 12px; display: grid; place-items: center; font-weight: 700; font-size: 1.2rem; background: var(--accent-soft); color: var(--accent); flex: none; }
.hue1 { background: var(--hue1-soft); color: var(--hue1); } .hue2 { background: var(--hue2-soft); color: var(--hue2); }
.hue3 { background: var(--good-soft); color: var(--good); } .hue4 { background: var(--warn-soft); color: var(--warn); } .hue5 { background: var(--bad-soft); color: var(--bad); }
.mark.round { border-radius: 50%; font-size: 1rem; }
.person { display: flex; gap: .9rem; align-items: center; width: 100%; min-height: 4rem; padding: .65rem .35rem; border: 0; border-radius: 11px; background: none; text-align: left; cursor: pointer; }
.person:hover { background: var(--sunken); }
.person > span:last-child { display: grid; min-width: 0; overflow-wrap: anywhere; line-height: 1.35; }
.list { list-style: none; margin: 0; padding: 0; display: grid; }
.list > li + li { border-top: 1px solid var(--line); }
.desk-row { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .6rem 1rem; padding: .9rem 0; }
.desk-row > .tight { min-width: min(100%, 16rem); flex: 1; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.steps { list-style: none; margin: 0; padding: 0; display: grid; gap: .7rem; counter-reset: step; }
.steps > li { counter-increment: step; display: grid; grid-template-columns: 2rem 1fr; gap: .7rem; align-items: start; }
.steps > li::before { content: counter(step); width: 1.75rem; height: 1.75rem; display: grid; place-items: center; border-radius: 50%; background: var(--accent-soft); color: var(--accent); font-weight: 650; font-size: .85rem; }
.empty { text-align: center; padding: 2.75rem 1.25rem; color: var(--muted); display: grid; gap: .75rem; justify-items: center; }
.hero { background: linear-gradient(120deg, var(--accent-soft), var(--surface)); border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px); padding: clamp(1.25rem, 1rem + 2vw, 2.25rem); display: grid; gap: .75rem; }
${more}
@media (max-width: 34rem) {
  .choice { grid-template-columns: auto 1fr; }
  .choice .price { grid-column: 2; display: flex; gap: .5rem; align-items: baseline; }
  .facts { grid-template-columns: 6rem 1fr; gap: .5rem .8rem; }
  .top > div { padding-block: .6rem .35rem; }
  .top nav { order: 3; width: calc(100% + 1.1rem); margin-inline: -.55rem; }
  .top nav a { padding: .45rem .55rem; font-size: .9rem; }
  .clock { font-size: .8rem; }
  .clock .says { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }`

export const styles = [tokens, elements, frame, parts].join('\n')
