export type { DeadLetter, RebuildRun } from '../../db/repositories/ports.ts'
