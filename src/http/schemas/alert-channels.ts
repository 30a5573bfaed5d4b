import { z } from '@hono/zod-openapi'
import { DEPLOYMENT_CHANNEL_ID } from '../../domain/alerts/channel.ts'
import { ALERT_KINDS, CHANNEL_KINDS, MESSAGE_NEWS } from '../../domain/alerts/rule.ts'
import type { ChannelEdit, ViewedChannel } from '../../usecases/alerts/channels.ts'
import type { ChannelTest } from '../../usecases/alerts/test-channel.ts'
import type { KeptMessage } from '../../usecases/alerts/types.ts'
import { alertKind } from './alerts.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'

const EXAMPLE_ID = '0199d2a1-6f00-8a3c-9e10-ffffffffffff'

const name = z.string().trim().min(1).max(100)
const address = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .openapi({
    description:
      'A webhook of the service’s own (https, `hooks.slack.com`, `discord.com`), or an e-mail address. ' +
      'Kept sealed and never shown again.',
  })
const kinds = z
  .array(alertKind)
  .min(1)
  .max(ALERT_KINDS.length)
  .transform((list) => [...new Set(list)])
  .nullable()
  .openapi({
    type: ['array', 'null'],
    items: { type: 'string', enum: [...ALERT_KINDS] },
    description: 'What it is told of; null = everything',
  })

export const channelWish = z
  .strictObject({ kind: z.enum(CHANNEL_KINDS), name, address, kinds: kinds.optional() })
  .openapi('AlertChannelWish', {
    example: {
      ...{ kind: 'slack', name: '운영팀', kinds: null },
      address: 'https://hooks.slack.com/services/T000/B000/example',
    },
  })

export const channelEdit = z
  .strictObject({
    name: name.optional(),
    address: address.optional(),
    kinds: kinds.optional(),
    enabled: z.boolean().optional(),
  })
  .openapi('AlertChannelEdit', { example: { enabled: false } })

export const alertChannel = z
  .object({
    id: idSchema,
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    hint: z.string().openapi({ description: 'The end of the address' }),
    kinds: z.array(alertKind).nullable(),
    enabled: z.boolean(),
    deployment: z.boolean().openapi({
      description: '`DISCORD_WEBHOOK_URL`, which is told while no other channel is on',
    }),
    created_at: timeSchema.nullable(),
    waiting: z.int().openapi({ description: 'Messages that are still to arrive' }),
    given_up: z.int().openapi({ description: 'Messages of the last 30 days that never arrived' }),
  })
  .openapi('AlertChannel', {
    example: {
      ...{ id: EXAMPLE_ID, kind: 'slack', name: '운영팀', hint: '…mple', kinds: null },
      ...{ enabled: true, deployment: false, created_at: '2026-11-20T03:00:00.000Z' },
      ...{ waiting: 0, given_up: 0 },
    },
  })

export const channelTest = z
  .object({
    message_id: idSchema,
    outcome: z.enum(['SENT', 'REFUSED', 'FAILED']),
    reason: z.string().nullable().openapi({
      description: 'What the other side said, e.g. `STATUS_404`, or why nothing was sent',
    }),
    retry_after_seconds: z.int().nullable(),
    took_ms: z.int(),
  })
  .openapi('AlertChannelTest', {
    example: {
      ...{ message_id: EXAMPLE_ID, outcome: 'REFUSED', reason: 'STATUS_404' },
      ...{ retry_after_seconds: null, took_ms: 84 },
    },
  })

export const alertMessage = z
  .object({
    id: idSchema,
    kind: alertKind.nullable(),
    restaurant_id: idSchema.nullable(),
    news: z.enum(MESSAGE_NEWS),
    value: z.int(),
    state: z.enum(['WAITING', 'SENT', 'GIVEN_UP']),
    attempts: z.int(),
    next_try_at: timeSchema.nullable(),
    sent_at: timeSchema.nullable(),
    last_error: z.string().nullable(),
    created_at: timeSchema,
  })
  .openapi('AlertMessage')

export const editOf = ({
  name: called,
  address: at,
  kinds: of,
  enabled,
}: z.output<typeof channelEdit>): ChannelEdit => ({ name: called, address: at, kinds: of, enabled })

export const alertChannelJson = (channel: ViewedChannel) => {
  const deployment = channel.id === DEPLOYMENT_CHANNEL_ID
  return {
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    hint: channel.hint,
    kinds: channel.kinds,
    enabled: channel.disabledAt === null,
    deployment,
    created_at: deployment ? null : isoTime(channel.createdAt),
    waiting: channel.waiting,
    given_up: channel.givenUp,
  }
}

const OUTCOMES = { sent: 'SENT', refused: 'REFUSED', failed: 'FAILED' } as const

export const channelTestJson = ({ messageId, outcome, tookMs }: ChannelTest) => ({
  message_id: messageId,
  outcome: OUTCOMES[outcome.kind],
  reason: outcome.kind === 'sent' ? null : outcome.reason,
  retry_after_seconds: outcome.kind === 'failed' ? outcome.retryAfterSeconds : null,
  took_ms: tookMs,
})

export const alertMessageJson = (message: KeptMessage) => ({
  id: message.id,
  kind: message.kind,
  restaurant_id: message.subjectId === '' ? null : message.subjectId,
  news: message.news,
  value: message.value,
  state: stateOf(message),
  attempts: message.attempts,
  next_try_at: isoTime(message.nextAt),
  sent_at: isoTime(message.sentAt),
  last_error: message.lastError,
  created_at: isoTime(message.createdAt),
})

function stateOf({ nextAt, sentAt }: KeptMessage): 'WAITING' | 'SENT' | 'GIVEN_UP' {
  if (sentAt !== null) return 'SENT'
  return nextAt === null ? 'GIVEN_UP' : 'WAITING'
}
