import { bytesToHex } from '@noble/hashes/utils.js'
import { MetricsBuffer } from '../domain/metrics/buffer.ts'
import type { Batch } from '../domain/metrics/samples.ts'
import type { Runtime } from '../runtime.ts'
import type { MetricsObject } from './metrics-object.ts'
import type { Metrics } from './metrics-port.ts'

const FLUSH_EVERY_MS = 5_000
/** An object that is away is not asked by every request. */
const LONGEST_WAIT_MS = 60_000
/** A flush that has not ended by then was ended with the request it ran behind. */
const STUCK_MS = 30_000
/** All isolates of the platform hand on to one object. */
const INSTANCE = 'platform'

/** The object's face as it comes over RPC. */
type Face = Pick<MetricsObject, 'flush' | 'read' | 'window' | 'highest'>

/**
 * Counts for one isolate. What it has counted is handed on behind answers, every few seconds of its
 * work; what stands when the isolate goes is lost (docs/metrics.md).
 */
export function createRecorder(
  namespace: DurableObjectNamespace<MetricsObject>,
  runtime: Pick<Runtime, 'now' | 'random' | 'log'>,
): Metrics {
  const buffer = new MetricsBuffer()
  const isolate = bytesToHex(runtime.random(8))
  // A stub that threw stays broken: every call takes its own.
  const object = () => namespace.getByName(INSTANCE) as unknown as Promised<Face>
  let number = 0
  /** Perhaps arrived: it comes again as it was before anything newer. */
  let unsure: Batch | null = null
  let failures = 0
  let lastAt: number | null = null
  let busySince: number | null = null

  // A clock that was moved back must not silence anything.
  const msSince = (at: number | null): number =>
    at === null ? Infinity : Math.abs(runtime.now() - at)

  async function send(batch: Batch): Promise<void> {
    unsure = batch
    await object().flush(batch)
    if (unsure === batch) unsure = null
  }

  async function flush(): Promise<void> {
    // Another request's flush is not waited for: it may end with that request.
    if (msSince(busySince) < STUCK_MS) return
    busySince = lastAt = runtime.now()
    try {
      if (unsure !== null) await send(unsure)
      if (!buffer.isEmpty) {
        number += 1
        await send({ ...buffer.take(), isolate, number, at: runtime.now() })
      }
      failures = 0
    } catch (error) {
      failures += 1
      const what = error instanceof Error ? error.name : typeof error
      runtime.log({ level: 'warn', kind: 'metrics-not-flushed', failures, what })
    }
    busySince = null
  }

  function isDue(): boolean {
    if (unsure === null && buffer.isEmpty) return false
    return msSince(lastAt) >= Math.min(FLUSH_EVERY_MS * 2 ** failures, LONGEST_WAIT_MS)
  }

  return {
    count: (name, labels, by) => buffer.count(name, labels, by),
    observe: (name, labels, seconds) => buffer.observe(name, labels, seconds),
    gauge: (name, labels, value) => buffer.gauge(name, labels, value),
    request: (method, route, status, seconds) => buffer.request(method, route, status, seconds),
    flushWhenDue: () => (isDue() ? flush() : Promise.resolve()),
    flush,
    read: async () => object().read(runtime.now()),
    window: async (seconds) => object().window(runtime.now(), seconds),
    highest: async (counters) => object().highest(counters),
  }
}

type Promised<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never
}
