import { useEffect, useState } from 'preact/hooks'
import { everythingSent, me, nameOf, openBoard, restaurantId, signOut } from './state.ts'
import { t } from './words.ts'

/** For who works at several restaurants: which of them this tablet stands in. */
export function Choose() {
  const memberships = me.value?.memberships ?? []
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => {
    for (const { restaurant_id: id } of memberships)
      void nameOf(id).then((name) => {
        if (name !== null) setNames((known) => ({ ...known, [id]: name }))
      })
  }, [])
  const bound = !everythingSent.value
  return (
    <main class="middle stack">
      <h1>{t('chooseRestaurant')}</h1>
      {bound && <p class="note note--warn">{t('otherLater')}</p>}
      {memberships.map(({ restaurant_id: id, role }) => (
        <button
          key={id}
          type="button"
          class="button"
          disabled={bound && id !== restaurantId.value}
          onClick={() => openBoard(id)}
        >
          {names[id] ?? id.slice(0, 8)} · {t(role === 'OWNER' ? 'owner' : 'staff')}
        </button>
      ))}
      <button type="button" class="button button--plain" onClick={() => void signOut()}>
        {t('signOut')}
      </button>
    </main>
  )
}
