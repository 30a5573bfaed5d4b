import type { RefundRequest } from '../../providers/payment-port.ts'
import type { SecretBox } from '../../providers/secret-box-port.ts'

type RefundAccount = NonNullable<RefundRequest['account']>

const contextOf = (restaurantId: string): string => `refund-account\n${restaurantId}`

/** Where a refund goes to, sealed for keeping: somebody's bank account is nobody's to read. */
export const sealRefundAccount = (
  box: SecretBox,
  restaurantId: string,
  account: RefundAccount,
): Promise<string> => box.seal(JSON.stringify(account), contextOf(restaurantId))

/** Null where none was given, or where its key is gone: people must ask again. */
export async function openRefundAccount(
  box: SecretBox,
  restaurantId: string,
  sealed: string | null,
): Promise<RefundAccount | null> {
  if (sealed === null) return null
  const opened = await box.open(sealed, contextOf(restaurantId))
  return opened === null ? null : (JSON.parse(opened) as RefundAccount)
}
