/** How the demo talks: what guest, owner and provider see, and whether it is what they should see. */
export interface Stage {
  scene: (title: string) => void
  guest: (line: string) => void
  owner: (line: string) => void
  provider: (line: string) => void
  /** Says so when it is so; ends the demo when it is not. */
  expect: (isSo: boolean, what: string) => void
}

/** Something was not as it should be. */
export class UnexpectedError extends Error {}

const line = (who: string) => (text: string) => console.log(`  ${who.padEnd(9)}${text}`)

export const stage: Stage = {
  scene: (title) => console.log(`\n${title}`),
  guest: line('guest'),
  owner: line('owner'),
  provider: line('payment'),
  expect: (isSo, what) => {
    if (!isSo) throw new UnexpectedError(`expected: ${what}`)
    console.log(`  ${'ok'.padStart(7)}  ${what}`)
  },
}

export const ms = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`
