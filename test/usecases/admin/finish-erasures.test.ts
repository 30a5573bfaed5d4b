import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createErasures } from '../../../src/db/repositories/erasures.ts'
import type { LogLine } from '../../../src/runtime.ts'
import { finishErasures } from '../../../src/usecases/admin/finish-erasures.ts'
import type { Deps } from '../../../src/usecases/deps.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const DAY = 24 * 3_600_000
const erasures = createErasures(env.DB)

async function asked(userId: string, askedAt: number): Promise<void> {
  await env.DB.prepare('INSERT INTO erasures (user_id, asked_by, asked_at) VALUES (?, ?, ?)')
    .bind(userId, 'admin', askedAt)
    .run()
}

/** Of the people named `broken-…` nothing can be forgotten. */
function erasing() {
  const world = { now: NOW, logged: [] as LogLine[] }
  const deps = {
    erasures: {
      ...erasures,
      forgetLeftovers: (userId: string) =>
        userId.startsWith('broken-')
          ? Promise.reject(new Error('a bug'))
          : erasures.forgetLeftovers(userId),
    },
    now: () => world.now,
    log: (line: LogLine) => world.logged.push(line),
  } as unknown as Deps
  return { world, deps }
}

describe('erasures that break', () => {
  it('keep no other waiting for longer than one run, and are tried again', async () => {
    const { world, deps } = erasing()
    for (let n = 0; n < 20; n += 1) await asked(`broken-${n}`, NOW - 2 * DAY + n)
    await asked('sound', NOW - DAY)
    expect(await finishErasures(deps)).toEqual({ finished: 0, open: 0, failed: 20 })
    world.now += 5 * 60_000
    expect(await finishErasures(deps)).toEqual({ finished: 1, open: 0, failed: 19 })
    expect(await erasures.progress('sound')).toMatchObject({ doneAt: world.now })
    world.now += 5 * 60_000
    world.logged = []
    expect(await finishErasures(deps)).toEqual({ finished: 0, open: 0, failed: 20 })
    // First whose turn had not come.
    expect(world.logged[0]).toMatchObject({ kind: 'erasure-cut', accountId: 'broken-19' })
  })
})
