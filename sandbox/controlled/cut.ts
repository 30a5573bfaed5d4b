import { AsyncLocalStorage } from 'node:async_hooks'

interface Cut {
  /** Remote calls that may still come back. */
  left: number
  made: number
  running: Set<Promise<unknown>>
  abandon: () => void
}

const scope = new AsyncLocalStorage<Cut>()

const forever = <T>(cut: Cut): Promise<T> => {
  cut.abandon()
  return new Promise<T>(() => undefined)
}

/** Every call that leaves the Worker goes through here, so that a cut can strike after any of them. */
export async function remoteCall<T>(call: () => Promise<T>): Promise<T> {
  const cut = scope.getStore()
  if (!cut) return call()
  if (cut.left === 0) return forever(cut)
  cut.left -= 1
  cut.made += 1
  const last = cut.left === 0
  const running = call()
  cut.running.add(running)
  try {
    await running
  } finally {
    cut.running.delete(running)
  }
  return last ? forever(cut) : running
}

const CLIENT_CLOSED_REQUEST = 499

export interface CutRun {
  response: Promise<Response>
  /** Resolves when the cut strikes, be it behind the answer. */
  struck: Promise<void>
  /** Remote calls that were begun so far. */
  made(): number
  /** Resolves when no call is under way any more. */
  quiet(): Promise<void>
}

/**
 * Runs a request whose work stops for ever after the given number of remote calls, `waitUntil` or not:
 * harsher than a guest who leaves, as harsh as a machine that dies.
 */
export function cutRun(after: number, work: () => Promise<Response>): CutRun {
  const cut: Cut = { left: after, made: 0, running: new Set(), abandon: () => undefined }
  const struck = new Promise<void>((resolve) => (cut.abandon = resolve))
  const response = new Promise<Response>((resolve, reject) => {
    void struck.then(() => resolve(new Response(null, { status: CLIENT_CLOSED_REQUEST })))
    scope.run(cut, () => void work().then(resolve, reject))
  })
  return {
    response,
    struck,
    made: () => cut.made,
    async quiet() {
      while (cut.running.size > 0) await Promise.allSettled(cut.running)
    },
  }
}

/** Only the answer of a run that is cut. */
export const withCut = (after: number, work: () => Promise<Response>): Promise<Response> =>
  cutRun(after, work).response
