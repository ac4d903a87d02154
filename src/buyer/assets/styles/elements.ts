/** Plain elements. */
export const elements = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--page); color: var(--text);
  font: 1rem/1.6 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Helvetica Neue', Arial, sans-serif; }
h1, h2, h3, h4 { margin: 0; line-height: 1.25; letter-spacing: -.012em; text-wrap: balance; overflow-wrap: break-word; }
h1 { font-size: clamp(1.6rem, 1.25rem + 1.7vw, 2.2rem); font-weight: 680; }
h2 { font-size: 1.2rem; font-weight: 650; }
h3 { font-size: 1.02rem; font-weight: 650; }
p { margin: 0; max-width: 66ch; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: .06em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: .12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
[tabindex='-1']:focus { outline: none; }
code { font: .88em/1.4 ui-monospace, 'Cascadia Mono', SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: 0; padding: .8rem 1rem; background: var(--sunken); border-radius: var(--radius-small); overflow-x: auto; white-space: pre-wrap; }
ul, ol { margin: 0; padding-left: 1.3rem; }
svg { display: block; }
button, input, select, textarea { font: inherit; color: inherit; }
.hidden-text { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: .55rem; min-height: 3rem; padding: .6rem 1.5rem; border-radius: 12px;
  border: 1px solid var(--border); background: var(--surface); color: var(--text); font-weight: 620; line-height: 1.3; text-decoration: none; text-align: center; cursor: pointer; }
.button:hover { background: var(--sunken); color: var(--text); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
.button.danger { background: var(--bad); border-color: var(--bad); color: var(--surface); }
.button.danger:hover { filter: brightness(.92); }
.button[aria-disabled='true'] { cursor: progress; opacity: .8; }
.plain { border: 0; background: none; padding: 0; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; cursor: pointer; text-align: left; }
.plain:hover { color: var(--accent-strong); }
.muted { color: var(--muted); }
.small { font-size: .9rem; }`
