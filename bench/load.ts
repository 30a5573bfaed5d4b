import { Agent, request } from 'node:http'

export interface Call {
  path: string
  method: 'GET' | 'POST' | 'PUT'
  headers: Record<string, string>
  body: string | null
}

export interface Round {
  calls: number
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** One call; rejects unless it is answered as expected. */
export function once(origin: string, agent: Agent, call: Call, expected: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${call.path}`,
      { method: call.method, headers: call.headers, agent },
      (answer) => {
        answer.resume()
        answer.on('end', () => {
          if (answer.statusCode === expected) resolve()
          else
            reject(new Error(`${call.method} ${call.path} answered ${String(answer.statusCode)}`))
        })
      },
    )
    sent.on('error', reject)
    sent.end(call.body ?? undefined)
  })
}

/** `callers` in parallel, each with its next call as soon as the last was answered, for `seconds`. */
export async function load(
  origin: string,
  callers: number,
  seconds: number,
  expected: number,
  next: (caller: number) => Call,
): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  const times: number[] = []
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  const work = async (caller: number) => {
    while (performance.now() < until) {
      const began = performance.now()
      await once(origin, agent, next(caller), expected)
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => work(caller)))
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const elapsed = (performance.now() - startedAt) / 1_000
  return { calls: times.length, perSecond: times.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) }
}
