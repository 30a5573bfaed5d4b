export { RestaurantObject } from '../../src/restaurant/restaurant-object.ts'

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
