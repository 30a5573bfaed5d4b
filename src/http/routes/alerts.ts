import { readAlerts } from '../../usecases/alerts/read-alerts.ts'
import { setRules, viewRules } from '../../usecases/alerts/rules.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import {
  alertChangeJson,
  alertList,
  alertRuleJson,
  alertRuleList,
  firingJson,
  rulesWish,
  wishesOf,
} from '../schemas/alerts.ts'
import { listOf, pageQuery } from '../schemas/lists.ts'

const ALERTS = { tag: 'Administration', idempotency: 'none' } as const

/** What is watched over, and what fires (docs/alerts.md). */
export function alertRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ALERTS,
      method: 'get',
      path: '/admin/alerts',
      operationId: 'listAlerts',
      summary: 'What fires now, and what fired before, newest first',
      permission: 'alert:read',
      request: { query: pageQuery },
      success: { status: 200, description: 'What fires, and a page of history', schema: alertList },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const seen = await readAlerts(c.var.deps, { limit, beforeId: cursor ?? null })
      const { firing, changes, names } = seen
      const list = listOf(changes, limit, c.var.now, alertChangeJson(names))
      return {
        ok: true,
        value: { ...list, firing: firing.map((standing) => firingJson(standing, names)) },
      }
    },
  )
  ruleRoutes(app)
}

function ruleRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ALERTS,
      method: 'get',
      path: '/admin/alerts/rules',
      operationId: 'listAlertRules',
      summary: 'Every rule: its thresholds, and where it stands',
      permission: 'alert:read',
      success: { status: 200, description: 'All of them', schema: alertRuleList },
      refusals: [],
    },
    async (c) => {
      const rules = await viewRules(c.var.deps)
      return { ok: true, value: { items: rules.map(alertRuleJson) } }
    },
  )
  defineRoute(
    app,
    {
      ...ALERTS,
      method: 'put',
      path: '/admin/alerts/rules',
      operationId: 'setAlertRules',
      summary: 'Set rules: all that are named, or none',
      description:
        'They count from the next minute on. An alert whose rule is switched off ends, and its ' +
        'channels are told so. Sets what it says: called again, under a key or not, it is the same.',
      permission: 'alert:manage',
      idempotency: 'taken',
      request: { body: rulesWish },
      success: { status: 200, description: 'All rules as they are now', schema: alertRuleList },
      refusals: ['TEMPORARILY_UNAVAILABLE'],
    },
    async (c) => {
      const wishes = wishesOf(c.req.valid('json'))
      return answer(await setRules(c.var.deps, wishes, actingIn(c.var)), (rules) => ({
        items: rules.map(alertRuleJson),
      }))
    },
  )
}
