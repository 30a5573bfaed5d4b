export type { DeadLetter, RebuildRun } from '../../db/repositories/ports.ts'
export type { OutboxFilter, Retried } from '../../db/repositories/outbox-ports.ts'
export type { GivenUpEvent, GivenUpKey } from '../../db/repositories/feed-dead-ports.ts'
