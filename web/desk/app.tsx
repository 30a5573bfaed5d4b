import { useEffect } from 'preact/hooks'
import { locale } from '../lib/i18n.ts'
import { Unreached, Waiting, WrongPlace } from '../ui/gate.tsx'
import { SignInForm } from '../ui/sign-in.tsx'
import { Language, Workplace } from '../ui/workplace.tsx'
import { AccountsView } from './accounts/accounts-view.tsx'
import { ActivityView } from './activity/activity-view.tsx'
import { AlertsView } from './alerts/alerts-view.tsx'
import { AuditView } from './audit/audit-view.tsx'
import { CustomersView } from './customers/customers-view.tsx'
import { MoneyView } from './money/money-view.tsx'
import { OrdersView } from './orders/orders-view.tsx'
import { OutgoingView } from './outgoing/outgoing-view.tsx'
import { OverviewView } from './overview/overview-view.tsx'
import { PartnersView } from './partners/partners-view.tsx'
import { RefundsView } from './refunds/refunds-view.tsx'
import { SettingsView } from './settings/settings-view.tsx'
import { begin, me, shown, signIn, signOut, stage, views } from './state.ts'
import type { View } from './view.ts'
import { t } from './words.ts'

const SHOWN: Record<View, () => preact.JSX.Element> = {
  overview: OverviewView,
  customers: CustomersView,
  orders: OrdersView,
  refunds: RefundsView,
  activity: ActivityView,
  alerts: AlertsView,
  outgoing: OutgoingView,
  settings: SettingsView,
  accounts: AccountsView,
  partners: PartnersView,
  money: MoneyView,
  audit: AuditView,
}

export function App() {
  useEffect(() => {
    document.title = `${stage.value === 'desk' ? t(shown.value) : t('title')} · OrderSync`
  }, [stage.value, shown.value, locale.value])
  switch (stage.value) {
    case 'loading':
      return <Waiting />
    case 'signed-out':
      return (
        <>
          <SignInForm title={`OrderSync ${t('title')}`} hint={t('signInHint')} signIn={signIn} />
          <footer class="foot">
            <Language />
          </footer>
        </>
      )
    case 'unreached':
      return <Unreached title={t('title')} onRetry={() => void begin()} />
    case 'no-desk':
      return (
        <WrongPlace
          title={t('title')}
          text={t('noDesk')}
          elsewhere={['/office', t('toOffice')]}
          onSignOut={() => void signOut()}
        />
      )
    case 'desk':
      return <Desk />
  }
}

const Desk = () => {
  const Shown = SHOWN[shown.value]
  return (
    <Workplace
      name={`${t('title')} · ${me.value?.name ?? ''}`}
      label={t('title')}
      title={t(shown.value)}
      place={shown.value}
      places={views.value.map((one) => [one, t(one)])}
      onSignOut={() => void signOut()}
    >
      <Shown key={shown.value} />
    </Workplace>
  )
}
