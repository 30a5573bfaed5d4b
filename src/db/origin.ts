/** Where a row's state comes from: the number it includes, and the rebuild (0 = an event). */
export interface Origin {
  restaurantId: string
  epoch: number
  seq: number
  generation: number
  now: number
}

/** The columns that every copied row has of it. */
export const originOf = ({ epoch, seq, generation, now }: Origin) => ({
  epoch,
  seq,
  generation,
  updatedAt: now,
})
