import { nothingAnswers } from './place.ts'

/** What a scraper is shown, or in words why it is shown nothing. */
export type Scraped = { shown: string } | { trouble: string }

export async function scrape(
  app: string,
  token: string | undefined,
  ask: typeof fetch = fetch,
): Promise<Scraped> {
  if (token === undefined)
    return { trouble: '.dev.vars has no METRICS_TOKEN: npm run dev makes one.' }
  const headers = { authorization: `Bearer ${token}` }
  try {
    const response = await ask(`${app}/metrics`, { headers, signal: AbortSignal.timeout(10_000) })
    if (response.ok) return { shown: await response.text() }
    return { trouble: `${app}/metrics answered ${response.status}.` }
  } catch {
    return { trouble: nothingAnswers(app) }
  }
}
