import { amountOf, stepOf, typedAmount } from '../../lib/format.ts'
import { numberOf, textOf } from '../../lib/form.ts'
import { Check, Field, Select } from '../../ui/parts.tsx'
import { currency, restaurant, type Restaurant } from '../state.ts'
import { HoursSection } from './hours-section.tsx'
import { NotificationSection } from './notification-section.tsx'
import { PauseSection } from './pause-section.tsx'
import { Section } from './section.tsx'
import { t } from './words.ts'

type Of = { now: Restaurant }

/** How the restaurant runs. */
export function SettingsView() {
  const now = restaurant.value
  if (now === null) return <p />
  return (
    <>
      <PauseSection now={now} />
      <General now={now} />
      <HoursSection now={now} />
      <Acceptance now={now} />
      <Payment now={now} />
      <Fees now={now} />
      <NotificationSection now={now} />
    </>
  )
}

const ACCESS = ['OPEN', 'SCAN', 'SEATED'] as const satisfies Restaurant['table_access'][]

const General = ({ now }: Of) => (
  <Section
    title={t('general')}
    changes={(form) => ({
      name: textOf(form, 'name').trim(),
      table_access: textOf(form, 'access') as Restaurant['table_access'],
      table_ordering_enabled: form.has('ordering'),
    })}
  >
    <div class="pair">
      <Field name="name" label={t('name')} value={now.name} required maxLength={200} />
      <Select
        name="access"
        label={t('access')}
        value={now.table_access}
        options={ACCESS.map((one) => [one, t(`access${one}`)])}
      />
    </div>
    <Check name="ordering" label={t('tableOrdering')} checked={now.table_ordering_enabled} />
  </Section>
)

const seconds = (form: FormData, name: string): number =>
  Math.round((numberOf(form, name) ?? 0) * 60)

const Acceptance = ({ now }: Of) => (
  <Section
    title={t('acceptance')}
    changes={(form) => ({
      accept_deadline_seconds: seconds(form, 'deadline'),
      accept_deadline_outcome: textOf(form, 'outcome') as Restaurant['accept_deadline_outcome'],
      unseen_alert_seconds: numberOf(form, 'unseen') ?? 0,
      stop_when_unseen: form.has('stop'),
    })}
  >
    <div class="pair">
      <Field
        name="deadline"
        label={t('deadline')}
        type="number"
        required
        min={0.5}
        step={0.5}
        value={now.accept_deadline_seconds / 60}
      />
      <Select
        name="outcome"
        label={t('outcome')}
        value={now.accept_deadline_outcome}
        options={[
          ['AUTO_ACCEPT', t('autoAccept')],
          ['AUTO_REJECT', t('autoReject')],
        ]}
      />
      <Field
        name="unseen"
        label={t('unseenSeconds')}
        type="number"
        required
        min={10}
        max={3600}
        value={now.unseen_alert_seconds}
      />
    </div>
    <Check name="stop" label={t('stopWhenUnseen')} checked={now.stop_when_unseen} />
  </Section>
)

type Method = Restaurant['payment_methods'][number]
const METHODS: Record<Method, true> = {
  CARD: true,
  VIRTUAL_ACCOUNT: true,
  STRIPE: true,
  DEPOSIT: true,
  POINTS: true,
  COUNTER: true,
}

const Payment = ({ now }: Of) => (
  <Section
    title={t('payment')}
    changes={(form) => {
      const bank = textOf(form, 'bank').trim()
      const account = textOf(form, 'account').trim()
      const holder = textOf(form, 'holder').trim()
      const none = bank === '' && account === '' && holder === ''
      return {
        payment_policy: textOf(form, 'policy') as Restaurant['payment_policy'],
        payment_methods: form.getAll('method') as Method[],
        deposit_account: none ? null : { bank, account_no: account, holder },
      }
    }}
  >
    <Select
      name="policy"
      label={t('policy')}
      value={now.payment_policy}
      options={[
        ['PREPAID', t('prepaid')],
        ['POSTPAID', t('postpaid')],
      ]}
    />
    <fieldset>
      <legend>
        <strong>{t('methods')}</strong>
      </legend>
      <div class="checks">
        {(Object.keys(METHODS) as Method[]).map((method) => (
          <Check
            key={method}
            name="method"
            value={method}
            label={t(method)}
            checked={now.payment_methods.includes(method)}
          />
        ))}
      </div>
    </fieldset>
    <fieldset class="stack">
      <legend>
        <strong>{t('deposit')}</strong>
      </legend>
      <p class="soft">{t('depositHint')}</p>
      <div class="pair">
        <Field name="bank" label={t('bank')} value={now.deposit_account?.bank} maxLength={50} />
        <Field
          name="account"
          label={t('accountNo')}
          value={now.deposit_account?.account_no}
          maxLength={50}
        />
        <Field
          name="holder"
          label={t('holder')}
          value={now.deposit_account?.holder}
          maxLength={100}
        />
      </div>
    </fieldset>
  </Section>
)

/** Rates are kept in hundredths of a per cent. */
const rate = (form: FormData, name: string): number => Math.round((numberOf(form, name) ?? 0) * 100)

const Fees = ({ now }: Of) => (
  <Section
    title={t('fees')}
    changes={(form) => ({
      packaging_fee_amount: amountOf(numberOf(form, 'packaging') ?? 0, currency.value),
      service_fee_basis_points: rate(form, 'service'),
      tax_basis_points: rate(form, 'tax'),
    })}
  >
    <div class="pair">
      <Field
        name="packaging"
        label={t('packaging', { currency: currency.value })}
        hint={t('packagingHint')}
        type="number"
        min={0}
        step={stepOf(currency.value)}
        value={typedAmount(now.packaging_fee_amount, currency.value)}
      />
      <Field
        name="service"
        label={t('service')}
        hint={t('serviceHint')}
        type="number"
        min={0}
        max={30}
        step={0.01}
        value={now.service_fee_basis_points / 100}
      />
      <Field
        name="tax"
        label={t('tax')}
        hint={t('taxHint')}
        type="number"
        min={0}
        max={100}
        step={0.01}
        value={now.tax_basis_points / 100}
      />
    </div>
  </Section>
)
