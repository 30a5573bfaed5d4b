/** Compares in a time that does not tell how much of the secret was right. */
export function sameText(given: string, secret: string): boolean {
  let different = given.length ^ secret.length
  for (let index = 0; index < secret.length; index += 1)
    different |= given.charCodeAt(index) ^ secret.charCodeAt(index)
  return different === 0
}
