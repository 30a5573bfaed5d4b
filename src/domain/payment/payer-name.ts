const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Banks print no fewer characters than this of a name that is too long for them. */
const CUT_AT_LEAST = 7

/** Whether a bank's line is from this payer: banks cut names, widen letters and drop spaces. */
export function bearsName(told: string, expected: string): boolean {
  const [line, name] = [plain(told), plain(expected)]
  if (name === '') return false
  return line === name || (Array.from(line).length >= CUT_AT_LEAST && name.startsWith(line))
}
