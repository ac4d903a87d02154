/** What was used: a bar for what is included, numbers that stand below each other. */
export const usage = `
.meters { list-style: none; padding: 0; display: grid; }
.meters > li { display: grid; gap: .35rem; padding-block: 1.1rem; border-top: 1px solid var(--line); }
.meters > li:last-child { padding-bottom: 0; }
.figures { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; align-items: baseline; justify-content: space-between; }
.figures h3 small { margin-left: .5rem; font-weight: 400; color: var(--muted); font-size: .86rem; }
.figures p { color: var(--muted); overflow-wrap: anywhere; }
.figures strong { color: var(--text); font-size: 1.25rem; font-weight: 660; font-variant-numeric: tabular-nums; }
.bar { width: 100%; height: .55rem; border-radius: 99px; }
.bar .whole { fill: var(--sunken); }
.bar .part { fill: var(--accent); }
.bar.over .part { fill: var(--warn); }
.allowance { font-size: .95rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }`
