import { useEffect, useState } from 'preact/hooks'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { Toasts } from '../ui/toasts.tsx'
import { AccountView } from './account.tsx'
import { BillView } from './bill.tsx'
import { count, type Line } from './cart.ts'
import { Checkout } from './checkout.tsx'
import { Choose } from './choose.tsx'
import { MenuView } from './menu.tsx'
import { OrdersView } from './orders-view.tsx'
import { orders, wishes, refusal } from './orders.ts'
import { menu, refreshMenu, tableName, view, type Item, type View } from './state.ts'
import { t } from './words.ts'

type Open = { kind: 'item'; item: Item; line: Line | null } | { kind: 'cart' } | null

const TABS: readonly View[] = ['menu', 'orders', 'bill', 'account']

/** The guest's page. The phone's back button closes what is open, then goes back to the menu. */
export function App() {
  const [open, setOpen] = useState<Open>(null)
  const show = (next: Open) => {
    if (next !== null && open === null) history.pushState({ sheet: true }, '')
    setOpen(next)
  }
  const close = () => {
    if ((history.state as { sheet?: boolean } | null)?.sheet === true) history.back()
    else setOpen(null)
  }
  const go = (next: View) => {
    if (next !== 'menu' && view.value === 'menu') history.pushState({ view: next }, '')
    view.value = next
    scrollTo({ top: 0 })
  }
  useEffect(() => {
    const back = (event: PopStateEvent) => {
      setOpen(null)
      view.value = (event.state as { view?: View } | null)?.view ?? 'menu'
    }
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  // What could not be ordered is back in the cart, with the reason above it.
  useEffect(() => {
    if (refusal.value !== null) show({ kind: 'cart' })
  }, [refusal.value])

  const changeLanguage = () => {
    chooseLocale(locale.value === 'ko' ? 'en' : 'ko')
    void refreshMenu()
  }
  const { name } = menu.value.restaurant
  const under = orders.value.length + wishes.waiting.value.length
  return (
    <>
      <a class="skip" href="#main">
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
      <main id="main" class="page" tabIndex={-1}>
        {view.value === 'menu' && (
          <>
            <h1 class="unseen">
              {name} {t('menu')}
            </h1>
            <MenuView onChoose={(item) => show({ kind: 'item', item, line: null })} />
          </>
        )}
        {view.value === 'orders' && <OrdersView />}
        {view.value === 'bill' && <BillView />}
        {view.value === 'account' && <AccountView onDone={() => go('menu')} />}
      </main>
      {count.value > 0 && open === null && view.value === 'menu' && (
        <div class="cartbar">
          <button
            type="button"
            class="button button--main button--wide"
            onClick={() => show({ kind: 'cart' })}
          >
            {t('openCart', { count: count.value })}
          </button>
        </div>
      )}
      <nav class="tabs" aria-label="OrderSync">
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={view.value === tab ? 'page' : undefined}
            onClick={() => go(tab)}
          >
            {t(tab)}
            {tab === 'orders' && under > 0 && <span class="badge">{under}</span>}
          </button>
        ))}
      </nav>
      {open?.kind === 'item' && (
        <Choose key={open.item.id} item={open.item} line={open.line} onClose={close} />
      )}
      {open?.kind === 'cart' && (
        <Checkout
          onClose={close}
          onChange={(item, line) => setOpen({ kind: 'item', item, line })}
          onSignIn={() => {
            close()
            go('account')
          }}
        />
      )}
      <Toasts />
    </>
  )
}
