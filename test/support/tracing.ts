import type { LogLine } from '../../src/runtime.ts'
import type { Deps } from '../../src/usecases/deps.ts'

interface Logging {
  log(line: LogLine): void
}

/** What compose.ts gives every event: parts of a test's own that log under one trace or another. */
export const tracing = {
  about: { traceId: null, orderId: null } as Deps['about'],
  inTrace<T extends Logging>(this: T, traceId: string): T {
    const log = (line: LogLine) => {
      this.log({ traceId, ...line })
    }
    return { ...this, log, about: { traceId, orderId: null } }
  },
}
