/** Counts of more restaurants than this are begun anew. */
const RESTAURANTS_KEPT = 10_000

/**
 * What this isolate has projected: whoever waits here for events looks at once. Others' are found by
 * looking.
 */
export class Arrivals {
  #all = 0
  readonly #byRestaurant = new Map<string, number>()

  note(restaurantIds: Iterable<string>): void {
    this.#all += 1
    if (this.#byRestaurant.size > RESTAURANTS_KEPT) this.#byRestaurant.clear()
    for (const id of restaurantIds) this.#byRestaurant.set(id, this.#all)
  }

  /** Another number than before once something has arrived: of the restaurant, or of any. */
  mark(restaurantId: string | null): number {
    return restaurantId === null ? this.#all : (this.#byRestaurant.get(restaurantId) ?? 0)
  }
}
