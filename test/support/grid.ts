/**
 * A table as people write it: the first line names the columns, every other line starts with its row's
 * name. Cells are words; `-` is an empty one.
 */
export function grid(text: string): (row: string, column: string) => string {
  const [head, ...rest] = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '')
  const columns = head?.slice(1) ?? []
  const rows = new Map(rest.map(([name, ...cells]) => [name, cells]))
  return (row, column) => {
    const cell = rows.get(row)?.[columns.indexOf(column)]
    if (cell === undefined) throw new Error(`the table has no cell ${row} × ${column}`)
    return cell
  }
}
