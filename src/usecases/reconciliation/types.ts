export type { KnownDifference } from '../../db/repositories/reconciliation-ports.ts'
