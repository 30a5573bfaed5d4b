/** Does the work with the numbers from 1 to `count`, fifty at a time. */
export async function fiftyAtATime(
  count: number,
  work: (number: number) => Promise<unknown>,
): Promise<void> {
  let begun = 0
  const one = async (): Promise<void> => {
    while (begun < count) await work((begun += 1))
  }
  await Promise.all(Array.from({ length: 50 }, one))
}
