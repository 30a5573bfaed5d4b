import { said } from '../administration/days.ts'
import { ofTheLogIn } from '../me.ts'

export interface AccountFilter {
  email: string
  name: string
  role: string
  locked: string
  restaurant: string
}

export const NO_FILTER: AccountFilter = {
  email: '',
  name: '',
  role: '',
  locked: '',
  restaurant: '',
}

/** Stays while somebody looks at one account and comes back. */
export const filter = ofTheLogIn(NO_FILTER)

export const queryOf = ({ email, name, role, locked, restaurant }: AccountFilter) =>
  said({
    ...{ email: email.trim(), q: name.trim(), role, locked },
    restaurant_id: restaurant.trim().toLowerCase(),
  })
