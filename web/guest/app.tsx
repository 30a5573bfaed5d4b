import { useEffect, useRef } from 'preact/hooks'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { Toasts } from '../ui/toasts.tsx'
import { AccountView } from './account.tsx'
import { BillView } from './bill.tsx'
import { count, lines } from './cart.ts'
import { Checkout } from './checkout.tsx'
import { Choose, Gone } from './choose.tsx'
import { refreshMenu } from './menu-news.ts'
import { MenuView } from './menu.tsx'
import { OrdersView } from './orders-view.tsx'
import { orders, wishes } from './orders.ts'
import { closeSheet, go, led, openSheet, place, VIEWS } from './place.ts'
import { items, menu, tableName } from './state.ts'
import { t } from './words.ts'

/** The guest's page. The phone's back button closes what is open, then goes back to the menu. */
export function App() {
  const main = useRef<HTMLElement>(null)
  const { view, sheet } = place.value
  // Whoever was led elsewhere hears where they are; what closes gives its focus back, if it can.
  useEffect(() => {
    if (led.value > 0) main.current?.focus()
  }, [led.value])
  const wasOpen = useRef(false)
  useEffect(() => {
    if (sheet === null && wasOpen.current && document.activeElement === document.body)
      main.current?.focus({ preventScroll: true })
    wasOpen.current = sheet !== null
  }, [sheet === null])
  const changeLanguage = () => {
    chooseLocale(locale.value === 'ko' ? 'en' : 'ko')
    void refreshMenu()
  }
  const { name } = menu.value.restaurant
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          // What stands behind # is a table's code, and nothing else.
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t('skip')}
      </a>
      <header class="top row">
        <div>
          <p class="top__name">{name}</p>
          <p class="top__table soft">
            {tableName.value !== null && t('table', { name: tableName.value })}
          </p>
        </div>
        <button
          type="button"
          class="button"
          lang={locale.value === 'ko' ? 'en' : 'ko'}
          onClick={changeLanguage}
        >
          {t('language')}
        </button>
      </header>
      <main id="main" ref={main} class="page" tabIndex={-1}>
        {view === 'menu' && (
          <>
            <h1 class="unseen">
              {name} {t('menu')}
            </h1>
            <MenuView />
          </>
        )}
        {view === 'orders' && <OrdersView />}
        {view === 'bill' && <BillView />}
        {view === 'account' && <AccountView />}
      </main>
      <div class="foot">
        {count.value > 0 && view === 'menu' && (
          <div class="cartbar">
            <button
              type="button"
              class="button button--main button--wide"
              onClick={() => openSheet({ kind: 'cart' })}
            >
              {t('openCart', { count: count.value })}
            </button>
          </div>
        )}
        <Tabs />
      </div>
      {sheet?.kind === 'item' && <Dish {...sheet} />}
      {sheet?.kind === 'cart' && <Checkout onClose={closeSheet} />}
      <Toasts />
    </>
  )
}

function Tabs() {
  const { view } = place.value
  const under = orders.value.length + wishes.waiting.value.length
  return (
    <nav class="tabs" aria-label={t('places')}>
      {VIEWS.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={view === tab ? 'page' : undefined}
          onClick={() => go(tab)}
        >
          {t(tab)}
          {tab === 'orders' && under > 0 && <span class="badge">{under}</span>}
        </button>
      ))}
    </nav>
  )
}

/** As the menu has it now, whatever happens to it while somebody looks at it. */
function Dish({ itemId, lineId }: { itemId: string; lineId: string | null }) {
  const item = items.value.get(itemId)
  const line = lines.value.find(({ id }) => id === lineId) ?? null
  return item === undefined ? <Gone /> : <Choose key={itemId} item={item} line={line} />
}
