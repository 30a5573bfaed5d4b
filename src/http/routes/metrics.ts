import { readMetrics } from '../../usecases/admin/read-metrics.ts'
import type { App } from '../context.ts'
import { bearerOf } from '../credentials.ts'
import { METRICS_TYPE, metricsText } from '../metrics-text.ts'
import { defineRoute } from '../route.ts'
import { mayScrape, METRICS_PATH } from '../scraping.ts'

/** Figures for Prometheus, at the root. */
export function metricsRoute(app: App): void {
  defineRoute(
    app,
    {
      method: 'get',
      path: METRICS_PATH,
      operationId: 'getMetrics',
      summary: 'Figures for Prometheus, in its text format',
      description:
        'Asks for the deployment’s scrape token (`Authorization: Bearer …`), which is no access token. ' +
        'A deployment without one answers 404.',
      tag: 'System',
      permission: 'public',
      idempotency: 'none',
      success: { status: 200, description: 'The figures, as `text/plain; version=0.0.4`' },
      refusals: ['UNAUTHENTICATED', 'NOT_FOUND'],
    },
    async (c) => {
      if (c.env.metricsToken === null)
        return { ok: false, refusal: { kind: 'NOT_FOUND', what: 'metrics' } }
      if (!mayScrape(c)) {
        const reason = bearerOf(c) === null ? 'MISSING' : 'INVALID_TOKEN'
        return { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason } }
      }
      const text = metricsText(await readMetrics(c.var.deps))
      return c.body(text, 200, { 'Content-Type': METRICS_TYPE, 'Cache-Control': 'no-store' })
    },
  )
}
