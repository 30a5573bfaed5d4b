import type { Context } from 'hono'
import type { AppEnv } from './context.ts'

/** One thing a request has to pass: gives the answer that ends it here, or null and lets it on. */
export type Step = (c: Context<AppEnv, string>) => Promise<Response | null> | Response | null

/** Takes a request through the steps in their order; the first answer is the answer. */
export async function pass(
  c: Context<AppEnv, string>,
  steps: readonly Step[],
): Promise<Response | null> {
  for (const step of steps) {
    const given = step(c)
    // Most decide at once, and waiting for what is there already costs a turn.
    const answered = given instanceof Promise ? await given : given
    if (answered !== null) return answered
  }
  return null
}
