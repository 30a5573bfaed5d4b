const CUT = '…'

/** The text, escaped already, in so many characters: no escape and no character is cut in two. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  const start = text.slice(0, max - CUT.length).replace(/[\uD800-\uDBFF]$/, '')
  const backslashes = /\\*$/.exec(start)?.[0].length ?? 0
  return (backslashes % 2 === 1 ? start.slice(0, -1) : start).replace(/&[a-z]{0,3}$/, '') + CUT
}

/** Whole lines from the start, as many as there is room for, and a mark where some are missing. */
export function fitLines(lines: readonly string[], max: number): string {
  let size = CUT.length
  const end = lines.findIndex((line) => {
    size += line.length + 1
    return size > max
  })
  return (end === -1 ? lines : [...lines.slice(0, end), CUT]).join('\n')
}
