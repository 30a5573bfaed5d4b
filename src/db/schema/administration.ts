import { desc, sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Role } from '../../domain/actor.ts'
import {
  ALERT_KINDS,
  ALERT_STATES,
  CHANGE_NEWS,
  CHANNEL_KINDS,
  MESSAGE_NEWS,
} from '../../domain/alerts/rule.ts'
import { AUDIT_SUBJECTS, type AuditEntry } from '../../domain/audit.ts'
import { SETTING_CHANGE_STATES } from '../../domain/settings/platform-settings.ts'

/** Who changed what, append only: written in the batch of the change. Kept for ever. */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    actorId: text('actor_id'),
    actorRole: text('actor_role').$type<Role | 'SYSTEM'>().notNull(),
    action: text('action').notNull(),
    subject: text('subject', { enum: AUDIT_SUBJECTS }).notNull(),
    subjectId: text('subject_id').notNull(),
    restaurantId: text('restaurant_id'),
    reason: text('reason'),
    changes: text('changes', { mode: 'json' }).$type<AuditEntry['changes']>().notNull(),
    traceId: text('trace_id'),
  },
  (table) => [
    // What happened to this thing, newest first?
    index('audit_entries_subject').on(table.subject, table.subjectId, desc(table.id)),
    // What did this person do, newest first?
    index('audit_entries_actor').on(table.actorId, desc(table.id)),
    // Where was this done, newest first?
    index('audit_entries_action').on(table.action, desc(table.id)),
    // What was done to this restaurant, newest first?
    index('audit_entries_restaurant')
      .on(table.restaurantId, desc(table.id))
      .where(sql`${table.restaurantId} IS NOT NULL`),
  ],
)

/** The platform's settings that differ from what the code has; `value` is JSON. */
export const platformSettings = sqliteTable('platform_settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  /** Rises with every change; a change is made where the one it was proposed on still stands. */
  version: integer('version').notNull(),
  changeId: text('change_id').notNull(),
  changedAt: integer('changed_at').notNull(),
})

/** Proposals to change a setting, and what a second person decided: its history. */
export const settingChanges = sqliteTable(
  'setting_changes',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    before: text('before').notNull(),
    after: text('after').notNull(),
    /** Of the setting when this was proposed; 0 = never changed before. */
    version: integer('version').notNull(),
    reason: text('reason').notNull(),
    state: text('state', { enum: SETTING_CHANGE_STATES }).notNull(),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: integer('proposed_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    decisionNote: text('decision_note'),
    idempotencyKey: text('idempotency_key'),
    fingerprint: text('fingerprint').notNull(),
  },
  (table) => [
    // One open proposal a setting.
    uniqueIndex('setting_changes_open')
      .on(table.name)
      .where(sql`${table.state} = 'PROPOSED'`),
    // A setting's history, newest first.
    index('setting_changes_name').on(table.name, desc(table.id)),
    // A repeated proposal finds the first one.
    uniqueIndex('setting_changes_key').on(table.proposedBy, table.idempotencyKey),
  ],
)

/** A person being taken out of orders and lists: what is still to be done, until all of it is. */
export const erasures = sqliteTable(
  'erasures',
  {
    userId: text('user_id').primaryKey(),
    askedBy: text('asked_by').notNull(),
    askedAt: integer('asked_at').notNull(),
    doneAt: integer('done_at'),
    /** When the cron saw to it last. */
    triedAt: integer('tried_at'),
  },
  (table) => [
    // The cron's question: which are not done?
    index('erasures_open')
      .on(table.askedAt)
      .where(sql`${table.doneAt} IS NULL`),
  ],
)

/** Restaurants whose objects still hold something of a person who is being erased. */
export const erasureRestaurants = sqliteTable(
  'erasure_restaurants',
  {
    userId: text('user_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    doneAt: integer('done_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.restaurantId] })],
)

/** Rules that differ from what the code has: thresholds in each rule's own unit. */
export const alertRules = sqliteTable('alert_rules', {
  kind: text('kind', { enum: ALERT_KINDS }).primaryKey(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  firesAt: integer('fires_at').notNull(),
  clearsAt: integer('clears_at').notNull(),
  /** How long either must hold before the state changes. */
  holdSeconds: integer('hold_seconds').notNull(),
  changedAt: integer('changed_at').notNull(),
})

/** Where each rule stands, for the whole platform (`subject_id` = '') or for one restaurant. */
export const alertStates = sqliteTable(
  'alert_states',
  {
    kind: text('kind', { enum: ALERT_KINDS }).notNull(),
    subjectId: text('subject_id').notNull(),
    state: text('state', { enum: ALERT_STATES }).notNull(),
    /** When what was measured first spoke for the other state; null = it does not. */
    turningSince: integer('turning_since'),
    since: integer('since').notNull(),
    value: integer('value').notNull(),
    /** When its people were told last. */
    toldAt: integer('told_at'),
    evaluatedAt: integer('evaluated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subjectId] })],
)

/** Where alerts go. The address is sealed: whoever has a hook's address can write there. */
export const alertChannels = sqliteTable('alert_channels', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: CHANNEL_KINDS }).notNull(),
  name: text('name').notNull(),
  sealed: text('sealed').notNull(),
  /** The end of the address, to tell channels apart. */
  hint: text('hint').notNull(),
  /** JSON array of the kinds it is told of; null = all. */
  kinds: text('kinds', { mode: 'json' }).$type<readonly (typeof ALERT_KINDS)[number][]>(),
  createdAt: integer('created_at').notNull(),
  disabledAt: integer('disabled_at'),
})

/** What was told to which channel: sent until it arrived or was given up. */
export const alertMessages = sqliteTable(
  'alert_messages',
  {
    id: text('id').primaryKey(),
    channelId: text('channel_id').notNull(),
    kind: text('kind', { enum: ALERT_KINDS }),
    subjectId: text('subject_id').notNull(),
    /** `TEST` by the button. */
    news: text('news', { enum: MESSAGE_NEWS }).notNull(),
    value: integer('value').notNull(),
    attempts: integer('attempts').notNull(),
    /** Null once it arrived or was given up. */
    nextAt: integer('next_at'),
    sentAt: integer('sent_at'),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    // The cron's question: what is to be sent?
    index('alert_messages_due')
      .on(table.nextAt)
      .where(sql`${table.nextAt} IS NOT NULL`),
    // The sweep.
    index('alert_messages_created_at').on(table.createdAt),
    // What one channel was told, newest first.
    index('alert_messages_channel').on(table.channelId, desc(table.id)),
  ],
)

/** What alerts have said, whoever was told: their history. */
export const alertChanges = sqliteTable('alert_changes', {
  /** Sorts by time. */
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ALERT_KINDS }).notNull(),
  subjectId: text('subject_id').notNull(),
  news: text('news', { enum: CHANGE_NEWS }).notNull(),
  value: integer('value').notNull(),
  at: integer('at').notNull(),
})

/** Restaurants whose objects keep agenda entries that were given up, as they said when last asked. */
export const deadAgendas = sqliteTable('dead_agendas', {
  restaurantId: text('restaurant_id').primaryKey(),
  entries: integer('entries').notNull(),
  seenAt: integer('seen_at').notNull(),
})
