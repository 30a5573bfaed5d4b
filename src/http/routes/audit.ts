import type { App } from '../context.ts'
import { defineRoute } from '../route.ts'
import { auditEntry, auditFilterOf, auditJson, auditQuery } from '../schemas/audit.ts'
import { listOf, listSchema } from '../schemas/lists.ts'

/** Who changed what (docs/administration.md). */
export function auditRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Administration',
      method: 'get',
      path: '/admin/audit',
      operationId: 'listAuditEntries',
      summary: 'Who changed what on the platform, newest first',
      description:
        'Written together with the change itself and kept for ever. Ids, fields, roles, states and ' +
        'values of settings; never personal data or secrets.',
      permission: 'audit:read',
      idempotency: 'none',
      request: { query: auditQuery },
      success: { status: 200, description: 'A page', schema: listSchema(auditEntry) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, ...sent } = c.req.valid('query')
      const page = { limit, beforeId: cursor ?? null }
      const entries = await c.var.deps.audit.page(auditFilterOf(sent), page)
      return { ok: true, value: listOf(entries, limit, c.var.now, auditJson) }
    },
  )
}
