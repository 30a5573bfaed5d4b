const PER_LETTER = 999

/** The nth number of a business day (n from 1): A001 … A999, B001 … Z999, AA001 …; ≤ 10 characters. */
export function orderNumber(n: number): string {
  let letters = ''
  for (let block = Math.floor((n - 1) / PER_LETTER); block >= 0; block = Math.floor(block / 26) - 1)
    letters = String.fromCharCode(65 + (block % 26)) + letters
  return letters + String(((n - 1) % PER_LETTER) + 1).padStart(3, '0')
}
