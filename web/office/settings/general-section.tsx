import { useId } from 'preact/hooks'
import { numberOf, textOf } from '../../lib/form.ts'
import { Check, Field, Select } from '../../ui/parts.tsx'
import type { Restaurant } from '../state.ts'
import { Section } from './section.tsx'
import { timeZones } from './time-zones.ts'
import { t } from './words.ts'

const ACCESS = ['OPEN', 'SCAN', 'SEATED'] as const satisfies Restaurant['table_access'][]
const CURRENCIES = ['KRW', 'USD', 'JPY'] as const satisfies Restaurant['currency'][]
const MARKETS = ['KR', 'JP', 'US'] as const satisfies Restaurant['market'][]
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

export const GeneralSection = ({ now }: { now: Restaurant }) => (
  <Section
    title={t('general')}
    changes={(form) => ({
      name: textOf(form, 'name').trim(),
      table_access: textOf(form, 'table_access') as Restaurant['table_access'],
      table_ordering_enabled: form.has('table_ordering_enabled'),
    })}
  >
    <div class="pair">
      <Field name="name" label={t('name')} value={now.name} required maxLength={200} />
      <Select
        name="table_access"
        label={t('access')}
        value={now.table_access}
        options={ACCESS.map((one) => [one, t(`access${one}`)])}
      />
    </div>
    <Check
      name="table_ordering_enabled"
      label={t('tableOrdering')}
      checked={now.table_ordering_enabled}
    />
  </Section>
)

/** Where the restaurant is: its clock, its day, its money. */
export function PlaceSection({ now }: { now: Restaurant }) {
  const zones = useId()
  return (
    <Section
      title={t('place')}
      changes={(form) => ({
        timezone: textOf(form, 'timezone').trim(),
        business_day_cutoff_hour: numberOf(form, 'business_day_cutoff_hour') ?? 0,
        currency: textOf(form, 'currency') as Restaurant['currency'],
        market: textOf(form, 'market') as Restaurant['market'],
      })}
    >
      <datalist id={zones}>
        {timeZones().map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div class="pair">
        <Field
          name="timezone"
          label={t('timezone')}
          hint={t('timezoneHint')}
          value={now.timezone}
          list={zones}
          required
          maxLength={64}
        />
        <Select
          name="business_day_cutoff_hour"
          label={t('cutoff')}
          hint={t('cutoffHint')}
          value={String(now.business_day_cutoff_hour)}
          options={HOURS.map((hour) => [String(hour), t('hourOf', { hour })])}
        />
        <Select
          name="currency"
          label={t('currency')}
          hint={t('currencyHint')}
          value={now.currency}
          options={CURRENCIES.map((one) => [one, t(one)])}
        />
        <Select
          name="market"
          label={t('market')}
          hint={t('marketHint')}
          value={now.market}
          options={MARKETS.map((one) => [one, t(one)])}
        />
      </div>
    </Section>
  )
}
