import { describe, expect, it } from 'vitest'
import { post, retryAfterMs } from '../../src/providers/post.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const POSTING = { url: 'https://partner.test/', headers: {}, body: '{}' }

describe('how long a destination wants to be left alone', () => {
  it.each([
    ['120', 120_000],
    ['0.65', 650],
    [' 5 ', 5_000],
    ['Fri, 20 Nov 2026 03:01:00 GMT', 60_000],
    ['Friday, 20-Nov-26 03:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 02:00:00 GMT', 0],
    ['-5', null],
    ['soon', null],
    ['2026', 2_026_000],
    ['1e9', null],
    ['', null],
  ])('%j: %s', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms)
  })
})

describe('posting', () => {
  it('gives up on who does not answer in time', async () => {
    const never = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener('abort', () => {
          reject(new Error('aborted'))
        })
      })
    const options = { fetch: never, now: () => NOW, timeoutMs: 5 }
    expect(await post(options, POSTING)).toEqual({ kind: 'unanswered', reason: 'TIMEOUT' })
  })

  it('tells of a failure nothing that was thrown', async () => {
    const fetch = () => Promise.reject(new Error('secret whsec_123 at 10.0.0.1'))
    expect(await post({ fetch, now: () => NOW }, POSTING)).toEqual({
      ...{ kind: 'unanswered', reason: 'NO_ANSWER' },
    })
  })

  it('reads of an endless answer as much as it needs', async () => {
    let read = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1
        controller.enqueue(new TextEncoder().encode('x'.repeat(1_000)))
      },
    })
    const fetch = () => Promise.resolve(new Response(endless, { status: 429 }))
    const tried = await post({ fetch, now: () => NOW, secondsIn: () => null }, POSTING)
    expect(tried).toEqual({ kind: 'answered', status: 429, retryAfterMs: null })
    expect(read).toBeLessThan(20)
  })
})
