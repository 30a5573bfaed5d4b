export type { Partner, Session, StaffMember, TabletSession } from '../../db/repositories/ports.ts'
