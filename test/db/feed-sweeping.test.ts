import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createPartnerFeed } from '../../src/db/repositories/feed.ts'
import { NOON } from '../support/events.ts'
import { served } from '../support/feed.ts'

describe('sweeping the feed', () => {
  const feed = createPartnerFeed(env.DB)
  const marks = async (partnerId: string) =>
    (
      await env.DB.prepare('SELECT seq FROM feed_marks WHERE partner_id = ?').bind(partnerId).all()
    ).results.map((row) => row['seq'])

  it('removes what was acknowledged under leases that are over, and nothing that still tells', async () => {
    const { partner } = await served(3)
    await partner.ack(await partner.pull({ max: 1 }))
    const open = await partner.pull()
    await partner.ack(open, [3])
    await feed.sweepMarks(NOON + 1, 1_000)
    // 2 is open; 3 is behind it, and without its mark it would come again.
    expect((await marks(partner.id)).toSorted()).toEqual([2, 3])
  })

  it('removes events of long ago with all that was noted of them', async () => {
    const { partner } = await served(1)
    await partner.pull()
    await feed.sweepEvents(NOON, 10_000)
    expect(await marks(partner.id)).toEqual([1])
    await feed.sweepEvents(NOON + 60_000, 10_000)
    expect(await marks(partner.id)).toEqual([])
    partner.forget()
    expect((await partner.pull()).seqs).toEqual([])
  })
})
