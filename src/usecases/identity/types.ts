export type { Partner } from '../../db/repositories/partner-ports.ts'
export type { Session, StaffMember, TabletSession } from '../../db/repositories/ports.ts'
