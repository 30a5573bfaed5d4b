import { describe, expect, it, vi } from 'vitest'
import { member, type Member } from '../support/story-people.ts'
import { openPlace } from '../support/story-restaurant.ts'
import { openStory, SECOND, type Story } from '../support/story.ts'

vi.setConfig({ testTimeout: 60_000 })

const foods = async (story: Story) => (await story.ask('/api/foods/')).status

async function setDefault(one: Member, other: Member, value: string | null): Promise<void> {
  const wish = { name: 'default_restaurant_id', value, reason: '기본 매장을 정합니다' }
  const { body } = await one.post<{ id: string }>('/admin/settings/changes', wish)
  const approved = await other.post(`/admin/settings/changes/${body.id}/approve`, {})
  expect(approved.status).toBe(200)
}

describe('a setting that two people change', () => {
  it('counts at once where it was approved, within half a minute elsewhere, and while D1 is down', async () => {
    const here = openStory()
    const elsewhere = openStory()
    const place = await openPlace(here)
    const [one, other] = [await member(here, 'ADMIN'), await member(here, 'ADMIN')]
    expect([await foods(here), await foods(elsewhere)]).toEqual([404, 404])

    await setDefault(one, other, place.id)
    expect([await foods(here), await foods(elsewhere)]).toEqual([200, 404])
    elsewhere.clockOnly(30 * SECOND)
    expect(await foods(elsewhere)).toBe(200)

    here.d1Goes('down')
    try {
      here.clockOnly(120 * SECOND)
      expect(await foods(here)).toBe(200)
      expect(here.world.logged.map(({ kind }) => kind)).toContain('settings-not-read')
    } finally {
      here.d1Goes('up')
    }
    await setDefault(other, one, null)
    expect(await foods(here)).toBe(404)
  })
})
