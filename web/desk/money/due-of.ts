import type { PointsRefund } from '../administration/types.ts'

type Parts = { parts: readonly Pick<PointsRefund['parts'][number], 'status' | 'amount'>[] }

/** What of it people have to pay back. */
export const dueOf = ({ parts }: Parts): number =>
  parts.filter(({ status }) => status === 'DUE').reduce((sum, { amount }) => sum + amount, 0)
