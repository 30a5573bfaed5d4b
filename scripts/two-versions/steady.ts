import { setTimeout as pause } from 'node:timers/promises'
import { createApi, errorOf, type Api } from '../lib/api.ts'

const TRIES = 8
const BETWEEN_MS = 400

/**
 * The development server starts anew once it has its second Worker, and then drops what is under way
 * without an answer of ours. A phone asks again, under the same key.
 */
export function steadyApi(origin: string): Api {
  const api = createApi(origin)
  const send: Api['send'] = (method, path, options) =>
    repeated(
      () => api.send(method, path, options),
      (answer) => answer.status < 500 || errorOf(answer) !== null,
    )
  return {
    send,
    async ask<T>(method: string, path: string, options?: Parameters<Api['ask']>[2]) {
      const answer = await send(method, path, options)
      if (answer.status >= 200 && answer.status < 300) return answer.body as T
      // Says what was answered; a repeat has one effect.
      return api.ask<T>(method, path, options)
    },
  }
}

/** A page of ours, opened until it is there. */
export const steadily = (open: () => Promise<Response>): Promise<Response> =>
  repeated(
    async () => {
      const response = await open()
      await response.text()
      return response
    },
    ({ status }) => status < 500,
  )

async function repeated<T>(ask: () => Promise<T>, isAnswer: (answer: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await ask()
      if (isAnswer(answer) || tries === TRIES) return answer
    } catch (error) {
      if (tries === TRIES) throw error
    }
    await pause(BETWEEN_MS)
  }
}
