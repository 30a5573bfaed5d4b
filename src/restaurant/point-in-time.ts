/** An object's storage as it was some time ago. */
export interface PointInTime {
  /** The state of that moment (ms); null where storage keeps no earlier ones. */
  bookmarkAt(at: number): Promise<string | null>
  /** Storage is that state from now on: the object ends, and starts anew with it. */
  goBackTo(bookmark: string): Promise<void>
}

/** What the local runtime throws, which keeps one state alone. */
const NOT_HERE = /does not implement point-in-time recovery/

export const pointInTimeOf = (ctx: DurableObjectState): PointInTime => ({
  async bookmarkAt(at) {
    try {
      return await ctx.storage.getBookmarkForTime(at)
    } catch (error) {
      if (error instanceof Error && NOT_HERE.test(error.message)) return null
      throw error
    }
  },
  async goBackTo(bookmark) {
    await ctx.storage.onNextSessionRestoreBookmark(bookmark)
    ctx.abort('restored to an earlier state')
  },
})
