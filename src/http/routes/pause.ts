import type { CommandOutcome } from '../../domain/commands.ts'
import type { App } from '../context.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { busyMark, openingJson, openingSchema, pausing, untilMs } from '../schemas/opening.ts'

const PAUSE = {
  tag: 'Restaurants',
  method: 'post',
  permission: 'restaurant:pause',
  restaurant: 'me',
  idempotency: 'taken',
  success: { status: 200, description: 'What holds now', schema: openingSchema },
  refusals: [],
} as const

const answerOpening = (
  outcome: CommandOutcome<'pause-restaurant' | 'resume-restaurant' | 'mark-busy'>,
  now: number,
) => answer(outcome, (restaurant) => openingJson(restaurant, now))

/** Stopping for a while, and taking longer than usual: staff do it, without the owner. */
export function pauseRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...PAUSE,
      path: '/restaurants/me/pause',
      operationId: 'pauseRestaurant',
      summary: 'Take no orders, for a while or until resumed',
      request: { body: pausing },
    },
    async (c) => {
      const until = untilMs(c.req.valid('json').until)
      const wanted = { type: 'pause-restaurant', until } as const
      return answerOpening(await command(c, c.var.restaurantId, wanted), c.var.now)
    },
  )
  defineRoute(
    app,
    {
      ...PAUSE,
      path: '/restaurants/me/resume',
      operationId: 'resumeRestaurant',
      summary: 'Take orders again, within the opening hours',
    },
    async (c) =>
      answerOpening(await command(c, c.var.restaurantId, { type: 'resume-restaurant' }), c.var.now),
  )
  defineRoute(
    app,
    {
      ...PAUSE,
      path: '/restaurants/me/busy',
      operationId: 'markRestaurantBusy',
      summary: 'Say that orders take longer than usual',
      description:
        'Guests see the delay on the menu before they order. What the kitchen promises when it accepts is its own word: nothing is added to it.',
      request: { body: busyMark },
    },
    async (c) => {
      const { delay_minutes: delayMinutes, until } = c.req.valid('json')
      const wanted = { type: 'mark-busy', delayMinutes, until: untilMs(until) } as const
      return answerOpening(await command(c, c.var.restaurantId, wanted), c.var.now)
    },
  )
}
