import { useEffect } from 'preact/hooks'
import { locale } from '../lib/i18n.ts'
import { Unreached, Waiting, WrongPlace } from '../ui/gate.tsx'
import { UndoBar } from '../ui/undo-bar.tsx'
import { Workplace } from '../ui/workplace.tsx'
import { CouponsView } from './coupons/coupons-view.tsx'
import { Create } from './create.tsx'
import { Enter } from './enter.tsx'
import { MenuView } from './menu/menu-view.tsx'
import { SettingsView } from './settings/settings-view.tsx'
import { StaffView } from './staff-view.tsx'
import { begin, choose, restaurant, restaurants, signOut, stage } from './state.ts'
import { StatisticsView } from './statistics/statistics-view.tsx'
import { StockView } from './stock/stock-view.tsx'
import { TablesView } from './tables/tables-view.tsx'
import { view, VIEWS, type View } from './view.ts'
import { t } from './words.ts'

const SHOWN: Record<View, () => preact.JSX.Element> = {
  menu: MenuView,
  stock: StockView,
  coupons: CouponsView,
  tables: TablesView,
  statistics: StatisticsView,
  settings: SettingsView,
  staff: StaffView,
}

export function App() {
  useEffect(() => {
    document.title = `${stage.value === 'office' ? t(view.value) : t('title')} · OrderSync`
  }, [stage.value, view.value, locale.value])
  switch (stage.value) {
    case 'loading':
      return <Waiting />
    case 'signed-out':
      return <Enter />
    case 'unreached':
      return <Unreached title={t('title')} onRetry={() => void begin()} />
    case 'no-office':
      return (
        <WrongPlace
          title={t('title')}
          text={t('noOffice')}
          elsewhere={['/board', t('toBoard')]}
          onSignOut={() => void signOut()}
        />
      )
    case 'create':
      return <Create />
    case 'office':
      return <Office />
  }
}

const Office = () => {
  const Shown = SHOWN[view.value]
  return (
    <Workplace
      name={restaurant.value?.name ?? ''}
      label={t('title')}
      title={t(view.value)}
      place={view.value}
      places={VIEWS.map((one) => [one, t(one)])}
      tools={
        <>
          {restaurants.value.length > 1 && <Chooser />}
          <a class="button" href="/board">
            {t('toBoard')}
          </a>
        </>
      }
      onSignOut={() => void signOut()}
    >
      <Shown key={`${view.value} ${restaurant.value?.id ?? ''}`} />
      <UndoBar after={() => document.querySelector('h1')} />
    </Workplace>
  )
}

const Chooser = () => (
  <select
    class="chooser"
    aria-label={t('restaurant')}
    value={restaurant.value?.id ?? ''}
    onChange={(event) => choose(event.currentTarget.value)}
  >
    {restaurants.value.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </select>
)
