import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cronsOf, parseCron } from './cron.ts'
import { ROOT } from './place.ts'

const MINUTE_MS = 60_000

/** Calls the Worker's scheduled handler for one expression, as a Cron Trigger would. */
export async function fireCron(app: string, expression: string): Promise<void> {
  const url = `${app}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(expression)}`
  const response = await fetch(url, { signal: AbortSignal.timeout(MINUTE_MS) })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the handler of "${expression}" answered ${response.status}`)
}

export const wranglerCrons = async (): Promise<string[]> =>
  cronsOf(await readFile(join(ROOT, 'wrangler.toml'), 'utf8'))

/** Fires the crons of wrangler.toml at their minutes: locally no timer does. Returns how to stop. */
export async function startCrons(
  app: string,
  onFailure: (problem: string) => void,
): Promise<() => void> {
  const crons = (await wranglerCrons()).map((text) => ({ text, falls: parseCron(text) }))
  let timer: NodeJS.Timeout
  const arm = () => {
    timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS) + 5)
  }
  const tick = () => {
    const now = Date.now()
    for (const { text, falls } of crons)
      if (falls(now))
        fireCron(app, text).catch((error: unknown) => onFailure(`cron "${text}": ${String(error)}`))
    arm()
  }
  arm()
  return () => clearTimeout(timer)
}
