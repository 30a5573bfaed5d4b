export type { DeadLetter, RebuildRun } from '../../db/repositories/ports.ts'
export type { OutboxFilter, Retried } from '../../db/repositories/outbox-ports.ts'
