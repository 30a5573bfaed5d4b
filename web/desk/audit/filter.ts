import { endOf, said, startOf } from '../administration/days.ts'
import { ofTheLogIn } from '../me.ts'

export interface AuditFilter {
  actor: string
  action: string
  kind: string
  thing: string
  restaurant: string
  from: string
  to: string
}

export const NO_FILTER: AuditFilter = {
  ...{ actor: '', action: '', kind: '', thing: '', restaurant: '', from: '', to: '' },
}

/** Stays while somebody looks at what a line names and comes back. */
export const filter = ofTheLogIn(NO_FILTER)

export const queryOf = ({ actor, action, kind, thing, restaurant, from, to }: AuditFilter) =>
  said({
    ...{ actor_id: actor, action, subject: kind, subject_id: thing.trim() },
    restaurant_id: restaurant.trim(),
    ...{ from: startOf(from), to: endOf(to) },
  })
