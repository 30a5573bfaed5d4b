import { readCoreMetrics } from '../../usecases/admin/read-core-metrics.ts'
import { readMetrics } from '../../usecases/admin/read-metrics.ts'
import type { App } from '../context.ts'
import { bearerOf } from '../credentials.ts'
import { METRICS_TYPE, metricsText } from '../metrics-text.ts'
import { defineRoute } from '../route.ts'
import {
  coreMetricsJson,
  coreMetricsQuery,
  coreMetricsSchema,
  WINDOW_SECONDS,
} from '../schemas/metrics.ts'
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

/** Whether the platform does its job, for people; under `/api/v1`. */
export function coreMetricsRoute(app: App): void {
  defineRoute(
    app,
    {
      method: 'get',
      path: '/admin/metrics/core',
      operationId: 'getCoreMetrics',
      summary: 'How the platform has been doing: speed, failures, payments, orders, stock, coupons',
      description:
        'Speed, failures and payments are of the last minutes of all isolates, whose newest seconds may ' +
        'be missing; orders, stock and coupons are as they stand now.',
      tag: 'Administration',
      permission: 'metrics:read',
      idempotency: 'none',
      request: { query: coreMetricsQuery },
      success: { status: 200, description: 'The figures', schema: coreMetricsSchema },
      refusals: [],
    },
    async (c) => {
      const { window } = c.req.valid('query')
      const core = await readCoreMetrics(c.var.deps, WINDOW_SECONDS[window])
      return { ok: true, value: coreMetricsJson(core, window, c.var.now) }
    },
  )
}
