/** The place after the last. */
export const nextPosition = (entries: readonly { position: number }[]): number =>
  entries.reduce((last, { position }) => Math.max(last, position), -1) + 1
