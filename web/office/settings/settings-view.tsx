import { amountOf, stepOf, typedAmount } from '../../lib/format.ts'
import { numberOf, textOf } from '../../lib/form.ts'
import { Check, Choices, Field, Select } from '../../ui/parts.tsx'
import { currency, restaurant, type Restaurant } from '../state.ts'
import { basisPointsOf, secondsOf } from './amounts.ts'
import { AnotherSection } from './another-section.tsx'
import { GeneralSection, PlaceSection } from './general-section.tsx'
import { HoursSection } from './hours-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { LimitsSection } from './limits-section.tsx'
import { CardsSection, NotificationSection } from './notification-section.tsx'
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
      <GeneralSection now={now} />
      <HoursSection now={now} />
      <Acceptance now={now} />
      <Payment now={now} />
      <LimitsSection now={now} />
      <Fees now={now} />
      <NotificationSection now={now} />
      <CardsSection now={now} />
      <PlaceSection now={now} />
      <KeysSection now={now} />
      <AnotherSection />
    </>
  )
}

const Acceptance = ({ now }: Of) => (
  <Section
    title={t('acceptance')}
    changes={(form) => ({
      accept_deadline_seconds: secondsOf(form, 'accept_deadline_seconds'),
      accept_deadline_outcome: textOf(
        form,
        'accept_deadline_outcome',
      ) as Restaurant['accept_deadline_outcome'],
      unseen_alert_seconds: numberOf(form, 'unseen_alert_seconds') ?? 0,
      stop_when_unseen: form.has('stop_when_unseen'),
    })}
  >
    <div class="pair">
      <Field
        name="accept_deadline_seconds"
        label={t('deadline')}
        type="number"
        required
        min={0.5}
        step={0.5}
        value={now.accept_deadline_seconds / 60}
      />
      <Select
        name="accept_deadline_outcome"
        label={t('outcome')}
        value={now.accept_deadline_outcome}
        options={[
          ['AUTO_ACCEPT', t('autoAccept')],
          ['AUTO_REJECT', t('autoReject')],
        ]}
      />
      <Field
        name="unseen_alert_seconds"
        label={t('unseenSeconds')}
        type="number"
        required
        min={10}
        max={3600}
        value={now.unseen_alert_seconds}
      />
    </div>
    <Check name="stop_when_unseen" label={t('stopWhenUnseen')} checked={now.stop_when_unseen} />
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
        payment_policy: textOf(form, 'payment_policy') as Restaurant['payment_policy'],
        payment_methods: form.getAll('method') as Method[],
        deposit_account: none ? null : { bank, account_no: account, holder },
      }
    }}
  >
    <Select
      name="payment_policy"
      label={t('policy')}
      value={now.payment_policy}
      options={[
        ['PREPAID', t('prepaid')],
        ['POSTPAID', t('postpaid')],
      ]}
    />
    <Choices path="payment_methods" legend={t('methods')}>
      <div class="checks">
        {(Object.keys(METHODS) as Method[]).map((method) => (
          <Check
            key={method}
            name="method"
            path=""
            value={method}
            label={t(method)}
            checked={now.payment_methods.includes(method)}
          />
        ))}
      </div>
    </Choices>
    <Choices path="deposit_account" legend={t('deposit')} hint={t('depositHint')}>
      <div class="pair">
        <Field
          name="bank"
          path="deposit_account.bank"
          label={t('bank')}
          value={now.deposit_account?.bank}
          maxLength={50}
        />
        <Field
          name="account"
          path="deposit_account.account_no"
          label={t('accountNo')}
          value={now.deposit_account?.account_no}
          maxLength={50}
        />
        <Field
          name="holder"
          path="deposit_account.holder"
          label={t('holder')}
          value={now.deposit_account?.holder}
          maxLength={100}
        />
      </div>
    </Choices>
  </Section>
)

const Fees = ({ now }: Of) => (
  <Section
    title={t('fees')}
    changes={(form) => ({
      packaging_fee_amount: amountOf(numberOf(form, 'packaging_fee_amount') ?? 0, currency.value),
      service_fee_basis_points: basisPointsOf(form, 'service_fee_basis_points'),
      tax_basis_points: basisPointsOf(form, 'tax_basis_points'),
    })}
  >
    <div class="pair">
      <Field
        name="packaging_fee_amount"
        label={t('packaging', { currency: currency.value })}
        hint={t('packagingHint')}
        type="number"
        min={0}
        step={stepOf(currency.value)}
        value={typedAmount(now.packaging_fee_amount, currency.value)}
      />
      <Field
        name="service_fee_basis_points"
        label={t('service')}
        hint={t('serviceHint')}
        type="number"
        min={0}
        max={30}
        step={0.01}
        value={now.service_fee_basis_points / 100}
      />
      <Field
        name="tax_basis_points"
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
