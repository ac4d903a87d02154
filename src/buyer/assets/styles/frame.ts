/** The frame around every page, cards and facts. */
export const frame = `
.skip { position: absolute; left: -999rem; top: .5rem; z-index: 2; background: var(--surface); padding: .6rem 1rem; border-radius: var(--radius-small); }
.skip:focus { left: .5rem; }
.top { background: var(--surface); border-bottom: 1px solid var(--line); }
.top > div, .foot > div, main { width: 100%; max-width: 66rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
.top > div { display: flex; align-items: center; justify-content: space-between; gap: .5rem 1.5rem; min-height: 4rem; padding-block: .6rem; }
.brand { display: inline-flex; align-items: center; gap: .75rem; min-width: 0; }
.brand img { height: 2.25rem; width: auto; max-width: 9rem; object-fit: contain; }
.mark { flex: none; width: 2.25rem; height: 2.25rem; border-radius: 10px; display: grid; place-items: center; background: var(--accent); color: var(--on-accent); font-weight: 700; }
.brand span { display: grid; line-height: 1.25; min-width: 0; }
.brand strong { font-weight: 660; overflow: hidden; text-overflow: ellipsis; }
.brand small { color: var(--muted); font-size: .84rem; }
.account { position: relative; }
.account summary { list-style: none; cursor: pointer; display: flex; align-items: center; gap: .55rem; padding: .3rem .5rem; border-radius: 99px; }
.account summary::-webkit-details-marker { display: none; }
.account summary:hover { background: var(--sunken); }
.avatar { flex: none; width: 2.1rem; height: 2.1rem; border-radius: 50%; display: grid; place-items: center; background: var(--accent-soft); color: var(--accent); font-weight: 650; font-size: .85rem; }
.account .who { max-width: 14rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: .93rem; }
.menu { position: absolute; right: 0; top: calc(100% + .5rem); z-index: 1; min-width: 15rem; max-width: 80vw; padding: .9rem 1.1rem; display: grid; gap: .55rem; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); overflow-wrap: anywhere; }
main { flex: 1; padding-block: clamp(1.25rem, 4vw, 2.75rem) 3.5rem; }
main.narrow { max-width: 44rem; }
.foot { border-top: 1px solid var(--line); color: var(--muted); font-size: .88rem; }
.foot > div { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; justify-content: space-between; padding-block: 1.25rem; }
.foot ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
.foot a { color: inherit; }
.columns { display: grid; gap: 1.5rem; align-items: start; }
.columns > * { min-width: 0; }
.stack { display: grid; gap: 1.5rem; align-content: start; min-width: 0; }
@media (min-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr) 20.5rem; gap: 2rem; }
  .columns > aside { position: sticky; top: 1.5rem; }
}
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); padding: clamp(1.15rem, 3.5vw, 1.75rem); display: grid; gap: 1rem; align-content: start; min-width: 0; }
.facts { margin: 0; display: grid; gap: .7rem; font-size: .95rem; }
.facts > div { display: grid; gap: .05rem; align-content: start; }
.facts dt { color: var(--muted); font-size: .86rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; font-weight: 550; }
.facts dd small { display: block; font-weight: 400; color: var(--muted); font-size: .86rem; }
.facts.wide { grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
.tag { justify-self: start; padding: .15rem .7rem; border-radius: 99px; font-size: .82rem; font-weight: 620; background: var(--warn-soft); color: var(--warn); }
.note { padding: .95rem 1.15rem; border-radius: 12px; background: var(--sunken); display: grid; gap: .2rem; }
.note.warn { background: var(--warn-soft); color: var(--warn); }
.note.info { background: var(--accent-soft); }
.note.good { background: var(--good-soft); color: var(--good); }
.note strong { font-weight: 650; }
.places { list-style: none; padding: 0; display: grid; gap: .7rem; }
.places small { display: block; color: var(--muted); font-size: .88rem; }
.row { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; }
.text { display: grid; gap: .8rem; overflow-wrap: anywhere; min-width: 0; }
.text table { border-collapse: collapse; font-size: .94rem; display: block; overflow-x: auto; }
.text th, .text td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
.text blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--muted); }
.text hr { width: 100%; border: 0; border-top: 1px solid var(--line); }
.back { margin-bottom: -.5rem; font-size: .95rem; }
.reference { font-size: .88rem; color: var(--muted); }
@media (max-width: 59.99rem) {
  .columns > aside .facts { grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); }
  .columns.ordering > aside { order: -1; }
}
@media (max-width: 34rem) { .account .who { display: none; } }`
