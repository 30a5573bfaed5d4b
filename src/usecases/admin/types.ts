export type {
  Account,
  AccountFilter,
  AccountKey,
} from '../../db/repositories/account-ports.ts'
export type { AuditEntry } from '../../domain/audit.ts'
export type { AuditFilter } from '../../db/repositories/audit-ports.ts'
export type { DeadLetter, RebuildRun } from '../../db/repositories/ports.ts'
export type { FoundOrder, OrderFilter } from '../../db/repositories/order-search-ports.ts'
export type { OutboxFilter, Retried } from '../../db/repositories/outbox-ports.ts'
export type { GivenUpEvent, GivenUpKey } from '../../db/repositories/feed-dead-ports.ts'
