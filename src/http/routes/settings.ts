import { decideChange } from '../../usecases/settings/decide-change.ts'
import { proposeChange } from '../../usecases/settings/propose-change.ts'
import { viewSettings } from '../../usecases/settings/view-settings.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { agentOf } from '../support-calls.ts'
import { idParams } from '../schemas/common.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import {
  changeFilterOf,
  changeJson,
  changeQuery,
  decision,
  proposal,
  settingChange,
  settingJson,
  settingList,
} from '../schemas/settings.ts'

const TAG = { tag: 'Administration' } as const

/** The platform's settings: one person proposes a change, another decides it. */
export function settingRoutes(app: App): void {
  readRoutes(app)
  proposeRoute(app)
  decideRoute(app, 'approve')
  decideRoute(app, 'reject')
}

function readRoutes(app: App): void {
  const READING = {
    ...TAG,
    method: 'get',
    permission: 'settings:read',
    idempotency: 'none',
  } as const
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/settings',
      operationId: 'listSettings',
      summary:
        'Every setting of the platform: its value, who changed it, and what is proposed for it',
      success: { status: 200, description: 'All of them', schema: settingList },
      refusals: [],
    },
    async (c) => {
      const views = await viewSettings(c.var.deps)
      return { ok: true, value: { items: views.map(settingJson(c.var.now)) } }
    },
  )
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/settings/changes',
      operationId: 'listSettingChanges',
      summary: 'What was proposed for the settings and what came of it, newest first',
      request: { query: changeQuery },
      success: { status: 200, description: 'A page', schema: listSchema(settingChange) },
      refusals: [],
    },
    async (c) => {
      const { deps, now } = c.var
      const { limit, cursor, ...sent } = c.req.valid('query')
      const page = { limit, beforeId: cursor ?? null, now }
      const changes = await deps.settingChanges.page(changeFilterOf(sent), page)
      return { ok: true, value: listOf(changes, limit, now, changeJson(now)) }
    },
  )
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/settings/changes/{id}',
      operationId: 'getSettingChange',
      summary: 'One proposal and what came of it',
      request: { params: idParams },
      success: { status: 200, description: 'The change', schema: settingChange },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const change = await c.var.deps.settingChanges.byId(c.req.valid('param').id)
      if (change === null)
        return { ok: false, refusal: { kind: 'NOT_FOUND', what: 'setting-change' } }
      return { ok: true, value: changeJson(c.var.now)(change) }
    },
  )
}

function proposeRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/admin/settings/changes',
      operationId: 'proposeSettingChange',
      summary: 'Propose another value for a setting',
      description:
        'Nothing changes before a second administrator approves it, within `change_lasts_hours`. One ' +
        'proposal a setting waits at a time.',
      permission: 'settings:propose',
      idempotency: 'taken',
      request: { body: proposal },
      success: { status: 201, description: 'The proposal', schema: settingChange },
      refusals: ['FORBIDDEN', 'SETTING_CHANGE_OPEN', 'VERSION', 'IDEMPOTENCY_KEY_REUSED'],
    },
    async (c) => {
      const { deps, now, idempotency } = c.var
      const { name: setting, value, reason, version = null } = c.req.valid('json')
      const wish = { setting, value, reason, version, by: agentOf(c.var), idempotency }
      return answer(await proposeChange(deps, wish), changeJson(now))
    },
  )
}

const DECIDING = {
  approve: {
    state: 'APPROVED',
    operationId: 'approveSettingChange',
    summary: 'Approve what somebody else proposed: the setting has that value from now on',
    description:
      'Only by an administrator other than who proposed it, as the accounts are at this moment. Other ' +
      'isolates of the Worker hear of it within half a minute.',
  },
  reject: {
    state: 'REJECTED',
    operationId: 'rejectSettingChange',
    summary: 'Reject what somebody else proposed: the setting stays as it is',
    description: 'Only by an administrator other than who proposed it.',
  },
} as const

function decideRoute(app: App, verb: keyof typeof DECIDING): void {
  const { state, ...described } = DECIDING[verb]
  defineRoute(
    app,
    {
      ...TAG,
      ...described,
      method: 'post',
      path: `/admin/settings/changes/{id}/${verb}`,
      permission: 'settings:decide',
      idempotency: 'taken',
      request: { params: idParams, body: decision },
      success: { status: 200, description: 'The change', schema: settingChange },
      refusals: ['NOT_FOUND', 'SAME_PERSON', 'FORBIDDEN', 'SETTING_CHANGE_STATE', 'VERSION'],
    },
    async (c) => {
      const { deps, now } = c.var
      const { note = null } = c.req.valid('json')
      const wish = { id: c.req.valid('param').id, state, note, by: agentOf(c.var) }
      return answer(await decideChange(deps, wish), changeJson(now))
    },
  )
}
