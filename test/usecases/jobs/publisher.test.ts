import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../../src/domain/events.ts'
import type { Report } from '../../../src/domain/jobs.ts'
import type { PublishDeps } from '../../../src/usecases/jobs/publish-events.ts'
import { Publisher } from '../../../src/usecases/jobs/publisher.ts'

const event = (seq: number) => ({ epoch: 1, seq }) as DomainEvent

/** A projection whose writes end when the test says so. */
function world() {
  const writes: { seqs: number[]; end: (error?: Error) => void }[] = []
  const reports: Report[] = []
  const pauses: (() => void)[] = []
  let now = 1_000
  const deps = {
    now: () => now,
    projector: {
      project: (events: readonly DomainEvent[]) =>
        new Promise<void>((resolve, reject) => {
          const end = (error?: Error) => {
            if (error) reject(error)
            else resolve()
          }
          writes.push({ seqs: events.map(({ seq }) => seq), end })
        }),
    },
    restaurants: () => ({
      report: (report: Report) => {
        reports.push(report)
        return Promise.resolve({})
      },
    }),
  } as unknown as PublishDeps
  return {
    deps,
    reports,
    publisher: new Publisher(),
    /** One that gathers until the test says that the moment is over. */
    gathering: new Publisher(() => new Promise((resolve) => pauses.push(resolve))),
    pausing: () => pauses.length,
    gathered: () => pauses.splice(0).forEach((resolve) => resolve()),
    written: () => writes.map(({ seqs }) => seqs),
    end: (write: number, error?: Error) => writes[write]!.end(error),
    passes: (ms: number) => {
      now += ms
    },
  }
}

describe('projecting what was just committed', () => {
  it("writes a quiet restaurant's event at once, and says which numbers arrived", async () => {
    const { deps, publisher, written, end, reports } = world()
    const done = publisher.publish(deps, 'r1', [event(1)])
    expect(written()).toEqual([[1]])
    end(0)
    await done
    expect(reports).toEqual([{ kind: 'published', epoch: 1, fromSeq: 1, toSeq: 1 }])
  })

  it('writes what comes meanwhile together with the next', async () => {
    const { deps, publisher, written, end, reports } = world()
    const first = publisher.publish(deps, 'r1', [event(1)])
    await publisher.publish(deps, 'r1', [event(2)])
    await publisher.publish(deps, 'r1', [event(3), event(4)])
    expect(written()).toEqual([[1]])
    end(0)
    await expect.poll(() => written()).toEqual([[1], [2, 3, 4]])
    end(1)
    await first
    expect(reports.at(-1)).toEqual({ kind: 'published', epoch: 1, fromSeq: 2, toSeq: 4 })
  })

  it('waits a moment for more where something was written just before', async () => {
    const { deps, gathering, pausing, gathered, written, end } = world()
    void gathering.publish(deps, 'r1', [event(1)])
    end(0)
    await expect.poll(pausing).toBe(1)
    void gathering.publish(deps, 'r1', [event(2)])
    void gathering.publish(deps, 'r1', [event(3)])
    void gathering.publish(deps, 'r2', [event(7)])
    expect(written()).toEqual([[1], [7]])
    gathered()
    await expect.poll(written).toEqual([[1], [7], [2, 3]])
  })

  it('says for all who wrote in the same moment which numbers arrived', async () => {
    const { deps, gathering, pausing, gathered, end, reports } = world()
    const first = gathering.publish(deps, 'r1', [event(1)])
    await gathering.publish(deps, 'r1', [event(2)])
    end(0)
    await expect.poll(pausing).toBe(1)
    end(1)
    const other = gathering.publish(deps, 'r2', [event(7)])
    end(2)
    await expect.poll(pausing).toBe(2)
    expect(reports).toEqual([])
    gathered()
    await Promise.all([first, other])
    expect(reports).toEqual([
      { kind: 'published', epoch: 1, fromSeq: 1, toSeq: 2 },
      { kind: 'published', epoch: 1, fromSeq: 7, toSeq: 7 },
    ])
  })

  it('does not leave it to a request that was cut off to say so', async () => {
    const { deps, gathering, pausing, passes, end } = world()
    void gathering.publish(deps, 'r1', [event(1)])
    end(0)
    await expect.poll(pausing).toBe(1)
    passes(10_000)
    void gathering.publish(deps, 'r1', [event(2)])
    end(1)
    await expect.poll(pausing).toBe(2)
  })

  it('keeps restaurants apart', () => {
    const { deps, publisher, written } = world()
    void publisher.publish(deps, 'r1', [event(1)])
    void publisher.publish(deps, 'r2', [event(1)])
    expect(written()).toEqual([[1], [1]])
  })

  it('does not wait for a run whose request was cut off', () => {
    const { deps, publisher, written, passes } = world()
    void publisher.publish(deps, 'r1', [event(1)])
    passes(10_000)
    void publisher.publish(deps, 'r1', [event(2)])
    expect(written()).toEqual([[1], [2]])
  })

  it('ends with the error of a failed write, and starts afresh with the next event', async () => {
    const { deps, publisher, written, end } = world()
    const failing = publisher.publish(deps, 'r1', [event(1)])
    end(0, new Error('D1 is away'))
    await expect(failing).rejects.toThrow('D1 is away')
    void publisher.publish(deps, 'r1', [event(2)])
    expect(written()).toEqual([[1], [2]])
  })

  it('carries the others for a while only: the queue brings the rest', async () => {
    const { deps, publisher, written, end, passes } = world()
    const run = publisher.publish(deps, 'r1', [event(1)])
    await publisher.publish(deps, 'r1', [event(2)])
    passes(5_000)
    end(0)
    await run
    expect(written()).toEqual([[1]])
  })
})
