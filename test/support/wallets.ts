import { env } from 'cloudflare:workers'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import { createWalletRepository } from '../../src/db/repositories/wallet.ts'
import { createChargeRepository } from '../../src/db/repositories/wallet-charges.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import { mintTimedId, PLATFORM_KEY } from '../../src/domain/ids.ts'
import { newCharge } from '../../src/domain/wallet/charge.ts'
import { newEmail, newRestaurantId, random } from './identity.ts'

export const wallets = createWalletRepository(env.DB)
export const charges = createChargeRepository(env.DB)
const users = createUserRepository(env.DB)

export const NOW = Date.UTC(2026, 10, 20, 3)

/** An id of the platform's own: an entry's, a charge's. */
export const platformId = (now = NOW): string => mintTimedId(PLATFORM_KEY, now, random)

/** Points for an account, taken in cash. */
export async function givePoints(userId: string, amount: number): Promise<string> {
  const wish = { userId, amount, method: 'CASH', askedBy: 'staff', restaurantId: null } as const
  const charge = newCharge(wish, { id: platformId(), now: NOW })
  const key = { idempotencyKey: crypto.randomUUID(), fingerprint: 'f' }
  if (!(await charges.insert(charge, key, platformId()))) throw new Error('not charged')
  return charge.id
}

/** An account with so many points. */
export async function accountWith(points: number): Promise<string> {
  const id = mintAccountId(random)
  const account = { id, email: newEmail(), name: '김민수', passwordHash: 'x', createdAt: NOW }
  await users.insert({ ...account, role: 'CUSTOMER' })
  if (points > 0) await givePoints(id, points)
  return id
}

/** A payment of an order by points. */
export const paymentOf = (userId: string, amount: number) => ({
  userId,
  amount,
  paymentId: mintTimedId(newRestaurantId().slice(-12), NOW, random),
  orderId: mintTimedId(newRestaurantId().slice(-12), NOW, random),
})

export type PointsPayment = ReturnType<typeof paymentOf>

export const debit = (payment: PointsPayment) =>
  wallets.debitForOrder({ ...payment, entryId: platformId(), now: NOW })

export const creditBack = (
  { paymentId }: PointsPayment,
  amount: number,
  refundId: string = crypto.randomUUID(),
) => wallets.creditBack({ entryId: platformId(), paymentId, refundId, amount, now: NOW })

export const voidDebit = ({ paymentId }: PointsPayment) =>
  wallets.voidDebit({ entryId: platformId(), paymentId, now: NOW })

/** Every entry of the wallet, oldest first. */
export const ledgerOf = async (userId: string) =>
  (await wallets.page(userId, { limit: 1_000, beforeId: null })).toReversed()
