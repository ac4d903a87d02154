/** The head of each stage, the steps, and the moment of joy. Motion only for those who like it. */
export const stages = `
.hero { position: relative; overflow: hidden; background: var(--surface); border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px); box-shadow: var(--shadow);
  padding: clamp(1.35rem, 4.5vw, 2.5rem); display: grid; gap: 1.35rem; }
.hero > header { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .35rem 1.15rem; align-items: center; }
.hero > header p { grid-column: 2; font-size: 1.06rem; color: var(--muted); }
.hero h1 { align-self: center; }
.sign { width: 3.4rem; height: 3.4rem; border-radius: 50%; display: grid; place-items: center; background: var(--accent-soft); color: var(--accent); }
.sign svg { width: 1.75rem; height: 1.75rem; }
.hero.good .sign { background: var(--good-soft); color: var(--good); }
.hero.warn .sign { background: var(--warn-soft); color: var(--warn); }
.hero.bad .sign { background: var(--bad-soft); color: var(--bad); }
.hero.calm .sign { background: var(--sunken); color: var(--muted); }
.hero.joy { background: linear-gradient(150deg, var(--accent-soft), var(--surface) 62%); text-align: center; justify-items: center; padding-block: clamp(2rem, 6vw, 3.5rem); }
.hero.joy > header { grid-template-columns: minmax(0, 1fr); justify-items: center; gap: .75rem; }
.hero.joy > header p { grid-column: 1; }
.hero.joy .sign { position: relative; width: 5rem; height: 5rem; background: var(--good); color: var(--surface); margin: 1.1rem; }
.hero.joy .sign svg { width: 2.6rem; height: 2.6rem; }
.hero.joy .sign .rays { position: absolute; width: 9rem; height: 9rem; color: var(--accent); }
.hero.joy h1 { font-size: clamp(1.9rem, 1.4rem + 2.6vw, 2.75rem); }
.steps { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); }
.steps li { position: relative; display: grid; gap: .45rem; justify-items: center; align-content: start; text-align: center; font-size: .93rem; color: var(--muted); padding-inline: .25rem; }
.steps li::before { content: ''; position: absolute; top: .95rem; left: -50%; width: 100%; height: 3px; background: var(--line); }
.steps li:first-child::before { display: none; }
.steps .dot { position: relative; z-index: 1; width: 2rem; height: 2rem; border-radius: 50%; display: grid; place-items: center; background: var(--surface); border: 3px solid var(--line); color: var(--muted); }
.steps .dot svg { width: 1.3rem; height: 1.3rem; stroke-width: 2.6; }
.steps .done .dot { background: var(--good); border-color: var(--good); color: var(--surface); }
.steps .done::before, .steps .current::before { background: var(--good); }
.steps .done, .steps .current { color: var(--text); }
.steps .current { font-weight: 640; }
.steps .current .dot { border-color: var(--accent); }
.steps .current .dot::after { content: ''; width: .75rem; height: .75rem; border-radius: 50%; background: var(--accent); }
.steps .stopped .dot { border-color: var(--bad); color: var(--bad); }
.steps small { font-weight: 400; color: var(--muted); }
.next { display: flex; flex-wrap: wrap; gap: .6rem 2.5rem; margin: 0; padding-top: 1.15rem; border-top: 1px solid var(--line); }
.next dt { color: var(--muted); font-size: .86rem; }
.next dd { margin: 0; font-weight: 600; }
.next small { font-weight: 400; color: var(--muted); margin-left: .35rem; }
.changing h2 { display: flex; align-items: center; gap: .6rem; }
.pulse { flex: none; width: .8rem; height: .8rem; border-radius: 50%; background: var(--accent); }
.fromto dd { font-size: 1.25rem; }
.fromto > div:last-child dd { color: var(--accent); }
@media (prefers-reduced-motion: no-preference) {
  .pulse { animation: breathe 2.4s ease-in-out infinite; }
  .steps .current .dot::after { animation: breathe 2.4s ease-in-out infinite; }
  .hero.joy .sign { animation: arrive .5s cubic-bezier(.2, 1.4, .4, 1) both; }
  .hero.joy .sign .rays { animation: shine 1.1s ease-out .25s both; }
  .hero.joy .sign .tick { stroke-dasharray: 30; animation: draw .45s ease-out .25s both; }
  @keyframes breathe { 50% { transform: scale(.62); opacity: .55; } }
  @keyframes arrive { from { transform: scale(.4); opacity: 0; } }
  @keyframes shine { from { transform: scale(.55) rotate(-12deg); opacity: 0; } 60% { opacity: 1; } }
  @keyframes draw { from { stroke-dashoffset: 30; } }
}
@media (max-width: 30rem) {
  .hero:not(.joy) > header { grid-template-columns: minmax(0, 1fr); }
  .hero:not(.joy) > header p { grid-column: 1; }
  .button.wide { width: 100%; }
}`
