import { createApi } from '../../lib/api.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { doAwayWith } from '../../ui/regrets.ts'
import { told } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { chosenRestaurant, session } from '../state.ts'
import { t } from './words.ts'

/** Takes something off the menu in five seconds, whatever is looked at by then. */
export function removeFromMenu(
  what: 'items' | 'categories',
  { id, name }: { id: string; name: string },
  done: () => void,
): void {
  const here = chosenRestaurant()
  const { me } = createApi(session, () => here).api.v1.restaurants
  // A page that is closing has no time to ask for a token.
  void session.token().catch(() => null)
  doAwayWith({
    key: id,
    text: t('removed', { name }),
    send: (leaving) => {
      const options = { init: { keepalive: leaving } }
      return outcomeOf(me[what][':id'].$delete({ param: { id } }, options))
    },
    done,
    refused: (trouble) => toast(t('notRemoved', { name, why: told(trouble) })),
  })
}
