import { dismissStaff, listStaff, setStaffRole } from '../../usecases/identity/staff.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { listSchema } from '../schemas/lists.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'
import { staffJson, staffMember, staffParams, staffRole } from '../schemas/staff.ts'

const STAFF = {
  tag: 'Staff',
  path: '/restaurants/me/staff',
  restaurant: 'me',
  permission: 'staff:manage',
  // Each says how things shall be: a repeat finds them so.
  idempotency: 'none',
} as const

/** Who works at a restaurant. */
export function staffRoutes(app: App): void {
  listRoute(app)
  changeRoutes(app)
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...STAFF,
      method: 'get',
      operationId: 'listStaff',
      summary: 'Who works here, longest first',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Staff', schema: listSchema(staffMember) },
      refusals: [],
    },
    async (c) => {
      const { actor, deps, now, restaurantId } = c.var
      return answer(await listStaff(deps, { actor, restaurantId }), (members) =>
        pageOf(
          members.map((member) => ({ ...member, id: member.userId })),
          c.req.valid('query'),
          now,
          staffJson,
        ),
      )
    },
  )
}

function changeRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...STAFF,
      method: 'post',
      operationId: 'setStaffRole',
      summary: 'Give somebody with an account work here, or another role',
      description:
        'Their next refreshed token names it. Another role ends what the token before it opens.',
      request: { body: staffRole },
      success: { status: 201, description: 'Works here', schema: staffMember },
      refusals: ['NOT_FOUND', 'LAST_OWNER'],
    },
    async (c) => {
      const { actor, deps, restaurantId } = c.var
      const wanted = { actor, restaurantId, ...c.req.valid('json') }
      return answer(await setStaffRole(deps, wanted), staffJson)
    },
  )
  defineRoute(
    app,
    {
      ...STAFF,
      method: 'delete',
      path: '/restaurants/me/staff/{user_id}',
      operationId: 'dismissStaff',
      summary: 'Dismiss somebody: refused here from the next request on, sockets closed',
      request: { params: staffParams },
      success: { status: 204, description: 'Works here no longer' },
      refusals: ['NOT_FOUND', 'LAST_OWNER'],
    },
    async (c) => {
      const { actor, deps, restaurantId } = c.var
      const { user_id: userId } = c.req.valid('param')
      return answer(await dismissStaff(deps, { actor, restaurantId, userId }), () => undefined)
    },
  )
}
