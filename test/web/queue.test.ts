import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outcome, Trouble } from '../../web/lib/outcome.ts'
import { CommandQueue, type Queued } from '../../web/lib/queue.ts'
import { fakeBrowser } from './browser.ts'

const MINUTE_MS = 60_000
const trouble = (status: number, more: Partial<Trouble> = {}): Outcome<string> => ({
  ok: false,
  trouble: {
    status,
    code: 'X',
    reason: null,
    message: null,
    details: {},
    retryAfterSeconds: null,
    traceId: null,
    ...more,
  },
})
const done = (value: string): Outcome<string> => ({ ok: true, value })

let browser: ReturnType<typeof fakeBrowser>
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  browser = fakeBrowser()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A queue whose server answers as it is told to. */
function queueOf(answers: Outcome<string>[]) {
  const sent: Queued<string>[] = []
  const said: string[] = []
  const ends = {
    send(queued: Queued<string>) {
      sent.push(queued)
      return Promise.resolve(answers.shift() ?? trouble(0))
    },
    done: ({ command }: Queued<string>, value: string) => said.push(`${command}: ${value}`),
    refused: ({ command }: Queued<string>, { reason, code }: Trouble) =>
      said.push(`${command} refused: ${reason ?? code}`),
  }
  const make = () => new CommandQueue<string, string>('q', 10 * MINUTE_MS, ends)
  return { make, ends, sent, said }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('a command of a page', () => {
  it('is sent once, and told when it is done', async () => {
    const { make, sent, said } = queueOf([done('fine')])
    const queue = make()
    queue.add('order')
    await settle()
    expect(said).toEqual(['order: fine'])
    expect(sent).toHaveLength(1)
    expect(queue.waiting.value).toEqual([])
    expect(browser.kept.get('q')).toBe('[]')
  })

  it.each([0, 429, 500, 503])('is sent again under its key after %d', async (status) => {
    const { make, sent, said } = queueOf([trouble(status), done('fine')])
    make().add('order')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(said).toEqual(['order: fine'])
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  })

  it('waits as long as the server asks for', async () => {
    const { make, sent } = queueOf([trouble(429, { retryAfterSeconds: 40 }), done('fine')])
    make().add('order')
    await vi.advanceTimersByTimeAsync(39_000)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(sent).toHaveLength(2)
  })

  it('goes at once when the network is back', async () => {
    const { make, sent, said } = queueOf([trouble(0), trouble(0), trouble(0), done('fine')])
    make().add('order')
    await vi.advanceTimersByTimeAsync(3_500)
    expect(sent).toHaveLength(3)
    browser.happens('online')
    await settle()
    expect(said).toEqual(['order: fine'])
  })

  it.each([400, 403, 404, 409, 422])('is not sent again once it is refused: %d', async (status) => {
    const { make, sent, said } = queueOf([trouble(status, { reason: 'NO' }), done('never')])
    make().add('order')
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(said).toEqual(['order refused: NO'])
    expect(sent).toHaveLength(1)
  })

  it('outlives a reload, under the same key', async () => {
    const first = queueOf([])
    first.make().add('order', 'key-1')
    await settle()
    const second = queueOf([done('fine')])
    second.make()
    await settle()
    expect(second.sent.map(({ key }) => key)).toEqual(['key-1'])
    expect(second.said).toEqual(['order: fine'])
  })

  it('goes in the order it was given, one at a time', async () => {
    const { make, said } = queueOf([trouble(0), done('1'), done('2'), done('3')])
    const queue = make()
    for (const command of ['a', 'b', 'c']) queue.add(command)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(said).toEqual(['a: 1', 'b: 2', 'c: 3'])
  })

  it('is refused here when it is from another evening', async () => {
    const { make, sent, said } = queueOf([trouble(0)])
    make().add('order')
    await vi.advanceTimersByTimeAsync(11 * MINUTE_MS)
    expect(said).toEqual(['order refused: TOO_OLD'])
    const before = sent.length
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(sent).toHaveLength(before)
  })

  it('can be taken back until it is being sent', async () => {
    const { make, sent } = queueOf([trouble(0)])
    const queue = make()
    const first = queue.add('a')
    const second = queue.add('b')
    await settle()
    expect(queue.take(second.key)).toBe(true)
    expect(queue.take(first.key)).toBe(false)
    expect(sent.map(({ command }) => command)).toEqual(['a'])
    expect(queue.take('unknown')).toBe(false)
  })

  it('is not sent while the device has no network, and can be taken back', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const { make, sent, said } = queueOf([done('fine')])
    const queue = make()
    const { key } = queue.add('order')
    queue.add('another')
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(sent).toEqual([])
    expect(queue.take(key)).toBe(true)
    vi.stubGlobal('navigator', { onLine: true })
    browser.happens('online')
    await settle()
    expect(said).toEqual(['another: fine'])
  })

  it('has not left before what it needs is there, and can be taken back until then', async () => {
    const { sent, ends, said } = queueOf([done('fine')])
    const seats: Outcome<string>[] = [trouble(0), trouble(503), done('a seat')]
    const queue = new CommandQueue<string, string>('q', 10 * MINUTE_MS, {
      ...ends,
      ready: () => Promise.resolve(seats.shift() ?? done('a seat')),
    })
    const { key } = queue.add('order')
    queue.add('another')
    await settle()
    expect(queue.take(key)).toBe(true)
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(said).toEqual(['another: fine'])
    expect(sent).toHaveLength(1)
  })

  it('taken back while what it needs is asked for does not leave', async () => {
    const { sent, ends } = queueOf([done('fine')])
    let answer: (seat: Outcome<string>) => void = () => undefined
    const queue = new CommandQueue<string, string>('q', 10 * MINUTE_MS, {
      ...ends,
      ready: () => new Promise<Outcome<string>>((resolve) => (answer = resolve)),
    })
    const { key } = queue.add('order')
    await settle()
    expect(queue.take(key)).toBe(true)
    answer(done('a seat'))
    await settle()
    expect(sent).toEqual([])
  })

  it('is refused where what it needs is', async () => {
    const { sent, ends, said } = queueOf([])
    const refusal = trouble(409, { reason: 'VISIT_ENDED' })
    const ready = () => Promise.resolve(refusal)
    new CommandQueue<string, string>('q', 10 * MINUTE_MS, { ...ends, ready }).add('order')
    await settle()
    expect(said).toEqual(['order refused: VISIT_ENDED'])
    expect(sent).toEqual([])
  })

  it('stays beyond taking back after a reload: it may have arrived', async () => {
    const { key } = queueOf([]).make().add('order')
    await settle()
    vi.stubGlobal('navigator', { onLine: false })
    const queue = queueOf([]).make()
    expect(queue.take(key)).toBe(false)
  })
})
