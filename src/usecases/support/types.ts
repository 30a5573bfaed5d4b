export type { Customer, CustomerOrder, SupportNote } from '../../db/repositories/support-ports.ts'
