import { describe, expect, it, vi } from 'vitest'
import { livesThrough } from '../support/matrix/matrix.ts'
import { STATES } from '../support/matrix/rows.ts'

/** A hundred lives each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

describe.each(['card', 'account', 'points+card'] as const)('money by %s', (way) => {
  it.each(STATES)('adds up when it comes to an order that is %s', async (state) => {
    expect(await livesThrough(way, state)).toEqual([])
  })
})
