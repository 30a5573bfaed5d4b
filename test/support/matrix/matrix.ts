import type { RestaurantSettings } from '../../../src/domain/restaurant/settings.ts'
import { ACCOUNT } from '../deposits.ts'
import { wrongs } from './judge.ts'
import { inPlace } from './place.ts'
import { isPostpaid, nameOf, rowsOf, type State, type Way } from './rows.ts'
import { Scene } from './scene.ts'

const settingsOf = (state: State): Partial<RestaurantSettings> => ({
  paymentPolicy: isPostpaid(state) ? 'POSTPAID' : 'PREPAID',
  tableAccess: 'OPEN',
  paymentMethods: ['CARD', 'VIRTUAL_ACCOUNT', 'STRIPE', 'DEPOSIT', 'POINTS', 'COUNTER'],
  depositAccount: ACCOUNT,
  acceptDeadlineOutcome: 'AUTO_ACCEPT',
  maxUnpaidPerGuest: 1_000,
})

/** Lives through every row of the way and the state; gives what went wrong in which. */
export async function livesThrough(way: Way, state: State): Promise<readonly string[]> {
  const failures: string[] = []
  await inPlace(settingsOf(state), async (place) => {
    for (const row of rowsOf(way, state)) {
      const scene = new Scene(place, row)
      try {
        const faulty = await scene.live()
        for (const wrong of wrongs(scene, faulty)) failures.push(`${nameOf(row)}: ${wrong}`)
      } catch (error) {
        failures.push(`${nameOf(row)}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  })
  return failures
}
