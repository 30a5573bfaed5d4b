import { z } from '@hono/zod-openapi'
import { SETTING_CHANGE_STATES, type SettingName } from '../../domain/settings/platform-settings.ts'
import { stateNow, type SettingChange } from '../../domain/settings/setting-change.ts'
import { SETTING_KEYS, settingNamed, SETTINGS } from '../../domain/settings/setting-rules.ts'
import type { SettingChangeFilter } from '../../usecases/settings/types.ts'
import { defaultOf, type ViewedSetting } from '../../usecases/settings/view-settings.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'
import { instant } from './outbox.ts'

const MAX_TEXT_CHARS = 500

const [firstKey = '', ...otherKeys] = SETTING_KEYS
const settingKey = z
  .enum([firstKey, ...otherKeys])
  .openapi({ type: 'string', enum: [...SETTING_KEYS], example: 'refund_max_age_days' })

const asName = (key: string): SettingName => {
  const name = settingNamed(key)
  if (name === null) throw new Error(`no setting ${key}`)
  return name
}

const settingName = settingKey.transform(asName).openapi({ type: 'string', enum: SETTING_KEYS })
const value = z
  .union([z.string().max(200), z.number(), z.boolean(), z.null()])
  .openapi({ description: 'As the setting takes it', example: 60 })
const shownValue = z.union([z.string(), z.int(), z.null()]).openapi({ example: 90 })
const spoken = z.string().trim().min(1).max(MAX_TEXT_CHARS)

export const settingChange = z
  .object({
    id: idSchema,
    name: settingKey,
    from: shownValue,
    to: shownValue,
    version: z
      .int()
      .openapi({ description: 'Of the setting when this was proposed; 0 = never changed' }),
    reason: z.string(),
    state: z.enum(SETTING_CHANGE_STATES),
    proposed_by: z.string(),
    proposed_at: timeSchema,
    expires_at: timeSchema.openapi({ description: 'From then on nobody can approve it' }),
    decided_by: z.string().nullable(),
    decided_at: timeSchema.nullable(),
    note: z.string().nullable(),
  })
  .openapi('SettingChange', {
    example: {
      id: '0199d2a1-6f00-8a3c-9e10-ffffffffffff',
      name: 'refund_max_age_days',
      from: 90,
      to: 60,
      version: 0,
      reason: '분기 정산을 앞당깁니다',
      state: 'PROPOSED',
      proposed_by: '7b0c7b50-2f3e-4c0a-9d55-0a4e3f6d2c11',
      proposed_at: '2026-11-20T03:00:00.000Z',
      expires_at: '2026-11-23T03:00:00.000Z',
      decided_by: null,
      decided_at: null,
      note: null,
    },
  })

const setting = z
  .object({
    name: settingKey,
    value: shownValue,
    default: shownValue,
    type: z.enum(['integer', 'restaurant', 'timezone']),
    unit: z.enum(['KRW', 'days', 'hours', 'per-hour']).nullable(),
    minimum: z.int().nullable(),
    maximum: z.int().nullable(),
    version: z.int().openapi({ description: 'How often it was changed' }),
    changed: z
      .object({
        change_id: idSchema,
        at: timeSchema,
        proposed_by: z.string().nullable(),
        approved_by: z.string().nullable(),
      })
      .nullable(),
    open_change: settingChange.nullable(),
  })
  .openapi('Setting')

export const settingList = z.object({ items: z.array(setting) })

export const changeQuery = pageQuery.extend({
  name: settingName.optional(),
  state: z.enum(SETTING_CHANGE_STATES).optional(),
  proposed_by: idSchema.optional(),
  decided_by: idSchema.optional(),
  from: instant.optional().openapi({ description: 'Proposed at that time or later' }),
  to: instant.optional().openapi({ description: 'Proposed before that time' }),
})

interface SentChangeFilter {
  name?: SettingName | undefined
  state?: SettingChange['state'] | undefined
  proposed_by?: string | undefined
  decided_by?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export const changeFilterOf = (sent: SentChangeFilter): SettingChangeFilter => ({
  setting: sent.name ?? null,
  state: sent.state ?? null,
  proposedBy: sent.proposed_by ?? null,
  decidedBy: sent.decided_by ?? null,
  from: sent.from === undefined ? null : Date.parse(sent.from),
  to: sent.to === undefined ? null : Date.parse(sent.to),
})

export const proposal = z
  .strictObject({
    name: settingName,
    value,
    reason: spoken,
    version: z.int().min(0).optional().openapi({
      description: 'The version that you have seen: another one is refused',
    }),
  })
  .openapi('SettingProposal', {
    example: {
      name: 'refund_max_age_days',
      value: 60,
      reason: '분기 정산을 앞당깁니다',
      version: 0,
    },
  })

export const decision = z
  .strictObject({ note: spoken.nullish() })
  .openapi('SettingDecision', { example: { note: '확인했습니다' } })

export const settingJson =
  (now: number) =>
  ({ setting: name, value: present, version, changed, open }: ViewedSetting) => {
    const { key, rule } = SETTINGS[name]
    const bounds = rule.type === 'integer' ? rule : { unit: null, least: null, most: null }
    return {
      name: key,
      value: present,
      default: defaultOf(name),
      type: rule.type,
      unit: bounds.unit,
      minimum: bounds.least,
      maximum: bounds.most,
      version,
      changed: changed && {
        change_id: changed.id,
        at: isoTime(changed.at),
        proposed_by: changed.proposedBy,
        approved_by: changed.approvedBy,
      },
      open_change: open && changeJson(now)(open),
    }
  }

export const changeJson = (now: number) => (change: SettingChange) => ({
  id: change.id,
  name: SETTINGS[change.setting].key,
  from: change.before,
  to: change.after,
  version: change.version,
  reason: change.reason,
  state: stateNow(change, now),
  proposed_by: change.proposedBy,
  proposed_at: isoTime(change.proposedAt),
  expires_at: isoTime(change.expiresAt),
  decided_by: change.decidedBy,
  decided_at: isoTime(change.decidedAt),
  note: change.decisionNote,
})
