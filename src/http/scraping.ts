import { sameText } from '../domain/same-text.ts'
import type { AppEnv } from './context.ts'
import { bearerOf } from './credentials.ts'

export const METRICS_PATH = '/metrics'

/** Whether the caller shows the scrape token. */
export function mayScrape(c: {
  env: Pick<AppEnv['Bindings'], 'metricsToken'>
  req: { header(name: string): string | undefined }
}): boolean {
  const { metricsToken } = c.env
  const shown = bearerOf(c)
  return metricsToken !== null && shown !== null && sameText(shown, metricsToken)
}
