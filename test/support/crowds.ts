import type { Crowd } from '../../src/domain/metrics/crowd.ts'

const told: Crowd[] = []

/** In place of the metrics' object: keeps what restaurants' objects tell. */
export const crowdKeeper = {
  getByName: () => ({
    crowd: (crowd: Crowd) => {
      told.push(crowd)
      return Promise.resolve()
    },
  }),
}

/** What the object of this restaurant key has told of its sockets. */
export const crowdsToldBy = (key: string): readonly Crowd[] =>
  told.filter((crowd) => crowd.key === key)
