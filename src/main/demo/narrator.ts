/** Says what happens, step by step, on the terminal. */
export interface Narrator {
  step(title: string): void
  say(text: string): void
}

export function createNarrator(write: (text: string) => void): Narrator {
  let steps = 0
  return {
    step(title) {
      steps++
      write(`\n${steps}. ${title}\n`)
    },
    say: (text) => write(`   ${text}\n`),
  }
}
