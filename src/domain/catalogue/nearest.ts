/** Where in a text the letters come nearest, and how many of them differ there. */
export interface Nearest {
  distance: number
  start: number
  end: number
}

interface Cell {
  distance: number
  start: number
}

/**
 * The piece of the text with the fewest letters wrong, missing, added or changed with their
 * neighbour; of several the first.
 */
export function nearestPiece(letters: readonly string[], text: readonly string[]): Nearest {
  let beforeLast: Cell[] = []
  let last: Cell[] = [{ distance: 0, start: 0 }]
  for (let end = 1; end <= text.length; end += 1) last.push({ distance: 0, start: end })
  letters.forEach((letter, index) => {
    const row: Cell[] = [{ distance: index + 1, start: 0 }]
    for (let end = 1; end <= text.length; end += 1) {
      const swapped =
        index > 0 && letter === text[end - 2] && letters[index - 1] === text[end - 1]
          ? further(beforeLast[end - 2], 1)
          : NEVER
      row.push(
        [
          further(last[end - 1], letter === text[end - 1] ? 0 : 1),
          further(last[end], 1),
          further(row[end - 1], 1),
          swapped,
        ].reduce(nearer),
      )
    }
    beforeLast = last
    last = row
  })
  return last
    .map((cell, end) => ({ ...cell, end }))
    .reduce((best, each) => (each.distance < best.distance ? each : best))
}

const NEVER: Cell = { distance: Infinity, start: 0 }

const further = (cell: Cell | undefined, by: number): Cell =>
  cell ? { distance: cell.distance + by, start: cell.start } : NEVER

const nearer = (a: Cell, b: Cell): Cell => (b.distance < a.distance ? b : a)
