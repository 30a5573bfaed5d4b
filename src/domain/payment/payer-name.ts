const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Whether a bank's line is from this payer: banks cut names, widen letters and drop spaces. */
export function bearsName(told: string, expected: string): boolean {
  const name = plain(expected)
  return name !== '' && plain(told) === name
}
