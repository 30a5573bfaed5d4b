import { describe, expect, it } from 'vitest'
import { pushMembershipChanges } from '../../../src/usecases/identity/push-membership-changes.ts'
import { refresh } from '../../../src/usecases/identity/refresh.ts'
import { dismissStaff, listStaff, setStaffRole } from '../../../src/usecases/identity/staff.ts'
import {
  actorOf,
  identityWorld,
  newEmail,
  openRestaurant,
  registered,
} from '../../support/identity.ts'

const LAST_OWNER = { ok: false, refusal: { kind: 'LAST_OWNER' } }

/** A restaurant with its owner, and somebody with an account who does not work there yet. */
async function place() {
  const { deps, world } = await identityWorld()
  const signedIn = await registered(deps, 'OWNER')
  const restaurantId = await openRestaurant(deps, signedIn.user.id)
  const cook = await registered(deps)
  const asked = { actor: await actorOf(deps, signedIn.accessToken), restaurantId }
  const userId = cook.user.id
  let refreshToken = cook.refreshToken
  return {
    deps,
    world,
    asked,
    owner: signedIn.user,
    cook: cook.user,
    hire: (role: 'STAFF' | 'OWNER' = 'STAFF') =>
      setStaffRole(deps, { ...asked, email: cook.user.email.toUpperCase(), role }),
    dismiss: (whom = userId) => dismissStaff(deps, { ...asked, userId: whom }),
    /** What the cook's next token names. */
    memberships: async () => {
      const next = await refresh(deps, { refreshToken })
      if (!next.ok) throw new Error(`refused: ${next.refusal.kind}`)
      ;({ refreshToken } = next.value)
      return (await actorOf(deps, next.value.accessToken)).memberships
    },
  }
}

describe('hiring', () => {
  it('gives an account work that its next token names, whatever its own role', async () => {
    const { hire, memberships, asked, cook, world } = await place()
    expect(await hire()).toMatchObject({ ok: true, value: { userId: cook.id, role: 'STAFF' } })
    expect(await memberships()).toEqual([{ restaurantId: asked.restaurantId, role: 'STAFF' }])
    expect(world.told).toEqual([])
  })

  it('lists who works there, longest first', async () => {
    const { deps, hire, asked, owner, cook, world } = await place()
    world.now += 1
    await hire()
    expect(await listStaff(deps, asked)).toMatchObject({
      value: [
        { email: owner.email, role: 'OWNER' },
        { email: cook.email, role: 'STAFF', since: world.now },
      ],
    })
  })

  it('says that an e-mail has no account, and changes nothing when repeated', async () => {
    const { deps, asked, hire, memberships } = await place()
    const unknown = { ...asked, email: newEmail(), role: 'STAFF' } as const
    expect(await setStaffRole(deps, unknown)).toMatchObject({
      refusal: { kind: 'NOT_FOUND', what: 'account' },
    })
    await hire()
    expect(await hire()).toMatchObject({ ok: true })
    expect((await memberships())[0]).not.toHaveProperty('version')
  })
})

describe('another role', () => {
  it('is pushed into the object with the version that tokens must name from now on', async () => {
    const { hire, memberships, asked, cook, world } = await place()
    await hire()
    expect(await hire('OWNER')).toMatchObject({ ok: true, value: { role: 'OWNER' } })
    expect(world.told).toMatchObject([
      {
        to: asked.restaurantId,
        asker: { role: 'SYSTEM' },
        command: { type: 'end-membership', userId: cook.id, version: 2 },
      },
    ])
    const { forgetAfter } = world.told[0]!.command as { forgetAfter: number }
    expect(forgetAfter).toBeGreaterThan(world.now + 900_000)
    expect(await memberships()).toEqual([
      { restaurantId: asked.restaurantId, role: 'OWNER', version: 2 },
    ])
  })

  it('is refused to the only owner', async () => {
    const { deps, asked, owner } = await place()
    const demoted = { ...asked, email: owner.email, role: 'STAFF' } as const
    expect(await setStaffRole(deps, demoted)).toEqual(LAST_OWNER)
    expect(await listStaff(deps, asked)).toMatchObject({ value: [{ role: 'OWNER' }] })
  })
})

describe('dismissing', () => {
  it('takes the work out of the next token and is pushed into the object', async () => {
    const { hire, dismiss, memberships, asked, cook, world } = await place()
    await hire()
    expect((await dismiss()).ok).toBe(true)
    expect(world.told).toMatchObject([
      { to: asked.restaurantId, command: { type: 'end-membership', userId: cook.id, version: 2 } },
    ])
    expect(await memberships()).toEqual([])
    world.now += 1
    expect(await dismiss()).toMatchObject({ refusal: { kind: 'NOT_FOUND', what: 'staff' } })
  })

  it('never gives a version out twice: who is hired again has a newer one than any old token', async () => {
    const { hire, dismiss, memberships } = await place()
    const versions: (number | undefined)[] = []
    for (let n = 0; n < 3; n += 1) {
      await hire()
      versions.push((await memberships())[0]?.version)
      await dismiss()
    }
    expect(versions).toEqual([undefined, 2, 3])
  })

  it('is finished by the cron when the object was out of reach', async () => {
    const { deps, hire, dismiss, world } = await place()
    await hire()
    world.answer = () => Promise.reject(new Error('reset'))
    expect((await dismiss()).ok).toBe(true)
    expect(world.told).toHaveLength(3)
    expect(await pushMembershipChanges(deps)).toEqual({ pushed: 0, failed: 1 })
    world.answer = () => ({ ok: true, value: null, replayed: false })
    expect(await pushMembershipChanges(deps)).toEqual({ pushed: 1, failed: 0 })
    expect(await pushMembershipChanges(deps)).toEqual({ pushed: 0, failed: 0 })
  })

  it('leaves a later change to be told when an earlier one is confirmed', async () => {
    const { deps, hire, dismiss, world, asked, cook } = await place()
    await hire()
    world.answer = () => Promise.reject(new Error('reset'))
    await dismiss()
    const [early] = await deps.staff.untold(1)
    await hire()
    world.now += 1
    await dismiss()
    await deps.staff.confirmTold(early!)
    expect(await deps.staff.untold(1)).toMatchObject([
      { userId: cook.id, restaurantId: asked.restaurantId, version: 3 },
    ])
  })

  it('never takes the last owner, also when two owners dismiss each other at once', async () => {
    const { deps, hire, dismiss, asked, owner, cook } = await place()
    expect(await dismiss(owner.id)).toEqual(LAST_OWNER)
    await hire('OWNER')
    const both = await Promise.all([dismiss(owner.id), dismiss(cook.id)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await deps.staff.at(asked.restaurantId)).toMatchObject([{ role: 'OWNER' }])
  })

  it('is for owners as D1 has them now, not as an old token says', async () => {
    const { deps, hire, dismiss, asked, owner, cook } = await place()
    await hire('OWNER')
    await deps.staff.dismiss({ userId: owner.id, restaurantId: asked.restaurantId }, deps.now())
    expect(await dismiss(cook.id)).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
    expect(await hire()).toMatchObject({ refusal: { kind: 'NOT_FOUND', what: 'restaurant' } })
    expect(await listStaff(deps, asked)).toMatchObject({ ok: false })
  })
})
