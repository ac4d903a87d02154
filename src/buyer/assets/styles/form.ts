/** The order form. */
export const form = `
form.manage { display: grid; gap: 1.15rem; justify-items: start; }
form.manage > * { max-width: 100%; }
form.manage .choices { width: 100%; }
.choices small { display: block; color: var(--muted); font-size: .86rem; }
input.short { max-width: 12rem; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.effect { display: grid; gap: .6rem; }
form.order { display: grid; gap: 1.5rem; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { padding: 0; }
.card > legend { float: left; width: 100%; }
.card > legend + * { clear: both; }
.legend { display: grid; gap: .15rem; }
.fields { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 1.15rem 1rem; }
.fields > * { grid-column: 1 / -1; min-width: 0; }
@media (min-width: 34rem) { .fields > .half { grid-column: span 3; } .fields > .third { grid-column: span 2; } .fields > .two-thirds { grid-column: span 4; } }
.field { display: grid; gap: .3rem; align-content: start; }
.field > label, .field > legend, .field > .label { font-weight: 600; font-size: .95rem; }
.field legend { margin-bottom: .35rem; }
.optional { font-weight: 400; color: var(--muted); font-size: .87rem; margin-left: .3rem; }
.hint, .description { color: var(--muted); font-size: .88rem; }
.when { color: var(--muted); font-size: .88rem; font-style: italic; }
.error { color: var(--bad); font-size: .9rem; font-weight: 560; display: flex; gap: .4rem; }
.error:empty { display: none; }
.error svg { flex: none; width: 1.05rem; height: 1.05rem; margin-top: .2rem; }
input:not([type='checkbox'], [type='radio'], [type='hidden']), select, textarea {
  width: 100%; min-height: 3rem; padding: .6rem .85rem; background: var(--surface); border: 1px solid var(--border); border-radius: var(--radius-small); }
input::placeholder, textarea::placeholder { color: var(--muted); opacity: 1; }
textarea { min-height: 7rem; resize: vertical; font: .93rem/1.5 ui-monospace, 'Cascadia Mono', SFMono-Regular, Menlo, Consolas, monospace; }
input:hover, select:hover, textarea:hover { border-color: var(--text); }
input:focus-visible, select:focus-visible, textarea:focus-visible { outline-offset: 0; border-color: var(--accent); border-radius: var(--radius-small); }
input[readonly], select:disabled, textarea[readonly] { background: var(--sunken); color: var(--muted); }
[aria-invalid='true'] { border-color: var(--bad) !important; border-width: 2px !important; }
input[type='checkbox'], input[type='radio'] { flex: none; width: 1.25rem; height: 1.25rem; margin: .17rem 0 0; accent-color: var(--accent); }
.choices { display: grid; gap: .5rem; }
.choices label { display: flex; gap: .7rem; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: var(--radius-small); cursor: pointer; }
.choices label:hover { border-color: var(--border); }
.choices label:has(:checked) { border-color: var(--accent); background: var(--accent-soft); }
.choices label:has(:disabled) { cursor: default; color: var(--muted); background: var(--sunken); }
.fixed { padding: .6rem .85rem; border-radius: var(--radius-small); background: var(--sunken); overflow-wrap: anywhere; white-space: pre-wrap; }
.part { display: grid; gap: .3rem; align-content: start; }
.group { padding: 1rem; border: 1px solid var(--line); border-radius: 12px; }
.group > legend { padding-inline: .35rem; margin: 0; }
.summary { background: var(--bad-soft); border: 1px solid var(--bad); border-radius: var(--radius); padding: 1.15rem 1.35rem; display: grid; gap: .5rem; }
.summary h2 { color: var(--bad); }
.summary a { color: var(--bad); }
.summary:focus-visible { outline-color: var(--bad); }
.send { display: grid; gap: .85rem; justify-items: start; }
[hidden] { display: none !important; }
@media (scripting: none) { .live > p:first-child { display: none; } }
@media (scripting: enabled) { [data-off] { display: none; } .when { display: none; } }`
