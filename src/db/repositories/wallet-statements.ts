import { eq, sql, type SQL } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { LEG } from '../../domain/wallet/ledger.ts'
import { walletEntries, wallets } from '../schema/wallet.ts'

/** Follows an insert into the ledger in its batch: the balance is what the wallet's last entry says. */
export const moveBalance = (db: Pick<DrizzleD1Database, 'update'>, userId: SQL, now: number) =>
  db
    .update(wallets)
    .set({
      balance: sql`coalesce((SELECT e.balance_after FROM wallet_entries e
        WHERE e.user_id = wallets.user_id ORDER BY e.seq DESC LIMIT 1), wallets.balance)`,
      updatedAt: sql`max(${wallets.updatedAt}, ${now})`,
    })
    .where(sql`${wallets.userId} = ${userId}`)

/** The points that a charge brought: its amount, less what had gone back before. */
export const pointsBrought = (chargeId: SQL): SQL<number> =>
  sql`(SELECT b.amount FROM wallet_entries b WHERE b.leg = ${LEG.charge('')} || ${chargeId})`

export const entryWithLeg = (db: DrizzleD1Database, leg: string) =>
  db.select().from(walletEntries).where(eq(walletEntries.leg, leg))

/** Before the first credit of an account: its wallet. Nothing where there is no such account. */
export const openWallet = (db: DrizzleD1Database, userId: string, now: number) =>
  db
    .insert(wallets)
    .select(sql`SELECT id, 0, ${now} FROM users WHERE id = ${userId}`)
    .onConflictDoNothing()
