export type { Popular } from '../../db/repositories/popularity-ports.ts'
