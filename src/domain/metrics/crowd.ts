/** Who has a socket open at one restaurant, as its object tells when that changes. */
export interface Crowd {
  /** The restaurant's. */
  key: string
  staff: number
  guests: number
  at: number
}

/** No socket lives longer than the token it was opened with: what was told before that has ended. */
export const CROWD_LASTS_MS = 13 * 3_600_000
