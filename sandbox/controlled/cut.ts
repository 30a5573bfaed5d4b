import { AsyncLocalStorage } from 'node:async_hooks'

interface Cut {
  /** Remote calls that may still come back. */
  left: number
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
  const last = cut.left === 0
  const result = await call()
  return last ? forever(cut) : result
}

const CLIENT_CLOSED_REQUEST = 499

/**
 * Runs a request whose work stops for ever after the given number of remote calls, `waitUntil` or not:
 * harsher than a guest who leaves, as harsh as a machine that dies.
 */
export function withCut(after: number, work: () => Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const abandon = () => resolve(new Response(null, { status: CLIENT_CLOSED_REQUEST }))
    scope.run({ left: after, abandon }, () => void work().then(resolve, reject))
  })
}
