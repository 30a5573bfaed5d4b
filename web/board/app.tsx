import { useEffect, useState } from 'preact/hooks'
import { clock } from '../lib/format.ts'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { Accept } from './accept.tsx'
import { keptAwake } from './awake.ts'
import { now } from './clock.ts'
import { cardsIn, OrderCard, type Ask } from './order-card.tsx'
import { ConflictList, HeldBar } from './held-bar.tsx'
import { Day } from './day.tsx'
import { Opening } from './opening.tsx'
import { Reject } from './reject.tsx'
import { Arrivals } from './arrivals.tsx'
import { Bell } from './bell.tsx'
import { Choose } from './choose.tsx'
import { audible, chime, unlock } from './ring.ts'
import { SignIn } from './sign-in.tsx'
import { Stock } from './stock.tsx'
import {
  chooseAnew,
  isOwner,
  me,
  offlineSince,
  openNow,
  restaurantName,
  ringing,
  signOut,
  stage,
} from './state.ts'
import { t, type BoardWord } from './words.ts'
import { COLUMNS } from './columns.ts'

type Sheet = 'stock' | 'opening' | 'day' | Ask | null

export function App() {
  const waiting = ringing.value.length
  const place = stage.value === 'board' ? restaurantName.value : ''
  useEffect(() => {
    const [count, name] = [waiting > 0 ? `(${waiting}) ` : '', place === '' ? '' : ` · ${place}`]
    document.title = `${count}${t('title')}${name} · OrderSync`
  }, [waiting, place, locale.value])
  return <Shown />
}

function Shown() {
  switch (stage.value) {
    case 'loading':
      return (
        <main class="middle">
          <p role="status">{t('loading')}</p>
        </main>
      )
    case 'signed-out':
      return <SignIn />
    case 'no-work':
      return (
        <main class="middle stack">
          <p>{t('noWork')}</p>
          <button type="button" class="button" onClick={() => void signOut()}>
            {t('signOut')}
          </button>
        </main>
      )
    case 'choose':
      return <Choose />
    case 'board':
      return <Board />
  }
}

function Board() {
  const [sheet, setSheet] = useState<Sheet>(null)
  const close = () => setSheet(null)
  return (
    <div class="board">
      <Head onOpen={setSheet} />
      <Notices />
      <ConflictList />
      <main class="columns" aria-label={t('title')}>
        {COLUMNS.map((column) => (
          <section key={column} class="column" aria-labelledby={`col-${column}`}>
            <h2 id={`col-${column}`} class="column__head">
              {t(column)} <span class="column__count">{cardsIn(column).length}</span>
            </h2>
            <ul class="stack">
              {column === 'new' &&
                cardsIn('waiting').map((card) => (
                  <OrderCard key={card.order.order_id} card={card} onAsk={setSheet} />
                ))}
              {cardsIn(column).map((card) => (
                <OrderCard key={card.order.order_id} card={card} onAsk={setSheet} />
              ))}
            </ul>
            {cardsIn(column).length === 0 && <p class="soft column__none">{t('none')}</p>}
          </section>
        ))}
      </main>
      <Arrivals />
      <HeldBar />
      {sheet === 'stock' && <Stock onClose={close} />}
      {sheet === 'opening' && <Opening onClose={close} />}
      {sheet === 'day' && <Day onClose={close} />}
      {sheet !== null && typeof sheet === 'object' && sheet.what === 'accept' && (
        <Accept order={sheet.order} onClose={close} />
      )}
      {sheet !== null && typeof sheet === 'object' && sheet.what === 'reject' && (
        <Reject order={sheet.order} onClose={close} />
      )}
    </div>
  )
}

function Head({ onOpen }: { onOpen: (sheet: Sheet) => void }) {
  const opener = (sheet: 'stock' | 'opening' | 'day', word: BoardWord) => (
    <button type="button" class="button" onClick={() => onOpen(sheet)}>
      {t(word)}
    </button>
  )
  return (
    <header class="head row">
      <div>
        <h1 class="head__name">
          {restaurantName.value === '' ? t('title') : restaurantName.value}
        </h1>
        <p class={openNow.value ? 'head__open' : 'head__closed'}>
          {t(openNow.value ? 'openNow' : 'closedNow')}
        </p>
      </div>
      <div class="head__tools">
        {opener('stock', 'stock')}
        {opener('opening', 'opening')}
        {isOwner.value && opener('day', 'today')}
        {(me.value?.memberships.length ?? 0) > 1 && (
          <button type="button" class="button" onClick={chooseAnew}>
            {t('otherRestaurant')}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => void unlock().then(chime)}
          aria-label={t('testSound')}
        >
          <Bell on={audible.value} />
        </button>
        <button
          type="button"
          class="button"
          lang={locale.value === 'ko' ? 'en' : 'ko'}
          onClick={() => chooseLocale(locale.value === 'ko' ? 'en' : 'ko')}
        >
          {t('language')}
        </button>
        <button type="button" class="button button--plain" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </div>
    </header>
  )
}

/** A line that drops for a moment is not worth a word. */
const WORTH_SAYING_MS = 3_000

function Notices() {
  const since = offlineSince.value
  return (
    <div role="status">
      {since !== null && now.value - since > WORTH_SAYING_MS && (
        <p class="note note--bad">{t('offline', { time: clock(new Date(since).toISOString()) })}</p>
      )}
      {!audible.value && (
        <button
          type="button"
          class="note note--warn banner"
          onClick={() => void unlock().then(chime)}
        >
          {t('soundOff')}
        </button>
      )}
      {!keptAwake.value && <p class="note">{t('screenMaySleep')}</p>}
    </div>
  )
}
