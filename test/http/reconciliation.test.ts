import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type {
  reconciliationList,
  reconciliationRun,
} from '../../src/http/schemas/reconciliation.ts'
import { member } from '../support/story-people.ts'
import { expectStatus } from '../support/story-restaurant.ts'
import { openStory } from '../support/story.ts'
import { accountWith } from '../support/wallets.ts'

type ListBody = z.output<typeof reconciliationList>
type RunBody = z.output<typeof reconciliationRun>
const LIST = '/admin/payments/reconciliation'
const RUNS = `${LIST}/runs`

describe('reconciliation over HTTP', () => {
  it('starts at once, and shows its runs and what is open', async () => {
    const story = openStory()
    const [admin, support] = [await member(story, 'ADMIN'), await member(story, 'SUPPORT')]
    const userId = await accountWith(1_000)
    await env.DB.prepare('UPDATE wallets SET balance = 999 WHERE user_id = ?').bind(userId).run()

    const started = expectStatus(await admin.post<RunBody>(RUNS, undefined), 202)
    expect(started).toMatchObject({ kind: 'FULL', state: 'RUNNING', finished_at: null })
    const shown = expectStatus(await support.get<ListBody>(`${LIST}?limit=1`), 200)
    expect(shown).toMatchObject({
      items: [{ id: started.id, state: 'DONE', wallets_checked: 1, differences: 1 }],
      open_count: 1,
      open_differences: [
        { kind: 'WALLET_BALANCE', subject: userId, owner: userId, expected: 1_000, actual: 999 },
      ],
    })
    const next = await support.get<ListBody>(`${LIST}?limit=1&cursor=${shown.next_cursor}`)
    expect(next.body).toMatchObject({ items: [], next_cursor: null })
    expect(story.world.logged).toContainEqual(
      expect.objectContaining({
        level: 'error',
        kind: 'reconciliation-difference',
        difference: 'WALLET_BALANCE',
        subject: userId,
      }),
    )
  })

  it('is the same run under the same key, and another under another', async () => {
    const story = openStory()
    const admin = await member(story, 'ADMIN')
    const start = async (key: string) =>
      expectStatus(await admin.post<RunBody>(RUNS, undefined, { key }), 202).id
    const first = await start('today')
    expect(await start('today')).toBe(first)
    story.world.now += 1
    expect(await start('again')).not.toBe(first)
  })

  it('is read by support and administrators, and started by these alone', async () => {
    const story = openStory()
    for (const role of ['CUSTOMER', 'OWNER', 'INVENTORY', 'MARKETING'] as const)
      expectStatus(await (await member(story, role)).get(LIST), 403)
    for (const role of ['OWNER', 'SUPPORT'] as const)
      expectStatus(await (await member(story, role)).post(RUNS, undefined), 403)
  })
})
