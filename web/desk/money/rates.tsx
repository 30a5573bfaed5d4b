import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Field, Form, Select, Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { Table } from '../table.tsx'
import type { Rate } from '../administration/types.ts'
import { api } from '../state.ts'
import { dayOf } from '../support/today.ts'
import { Colleague } from '../support/people.tsx'
import { CURRENCIES, currencyOf, rateOf } from './rate-of.ts'
import { t } from './words.ts'

const rates = api.api.v1.admin['exchange-rates']

/** What currencies are shown by in others, as somebody has entered it. */
export function Rates() {
  const pages = usePages<Rate>((query) => outcomeOf(rates.$get({ query })))
  return (
    <section class="card stack" aria-labelledby="rates">
      <h2 id="rates">{t('rates')}</h2>
      <p>{t('ratesLead')}</p>
      <Entry onEntered={() => void pages.again()} />
      <Paged pages={pages} empty={t('noRates')}>
        {(entered) => (
          <Table label={t('rates')} heads={[t('day'), t('rates'), t('enteredAt'), t('enteredBy')]}>
            {entered.map(({ base, quote, day, rate, entered_at: at, entered_by: by }) => (
              <tr key={`${base}${quote}${day}`}>
                <th scope="row">{day}</th>
                <td>{t('rateShown', { base, quote, rate })}</td>
                <td>{momentText(at)}</td>
                <td>
                  <Colleague id={by} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Paged>
    </section>
  )
}

const OPTIONS = CURRENCIES.map((one) => [one, one] as const)

function Entry({ onEntered }: { onEntered: () => void }) {
  const { busy, trouble, run, setTrouble } = useTask()
  const [pair, setPair] = useState({ base: 'USD', quote: 'KRW' })
  const today = dayOf(new Date())
  const enter = async (form: FormData, element: HTMLFormElement) => {
    const rate = rateOf(textOf(form, 'rate'))
    if (pair.base === pair.quote || rate === null) {
      setTrouble(t(rate === null ? 'rateWrong' : 'sameCurrency'))
      return
    }
    const { base, quote } = pair
    const json = {
      ...{ base: currencyOf(base), quote: currencyOf(quote), rate },
      day: textOf(form, 'day'),
    }
    const entered = await run(outcomeOf(rates.$put({ json })))
    if (!entered.ok) return
    toast(t('saved'))
    element.querySelector<HTMLInputElement>('[name=rate]')?.select()
    onEntered()
  }
  return (
    <Form label={t('enterRate')} onSubmit={(form, element) => void enter(form, element)}>
      <div
        class="filters"
        onChange={(event) => {
          const { name, value } = event.target as HTMLSelectElement
          if (name === 'base' || name === 'quote') setPair({ ...pair, [name]: value })
        }}
      >
        <Select name="base" label={t('base')} value={pair.base} options={OPTIONS} />
        <Select name="quote" label={t('quote')} value={pair.quote} options={OPTIONS} />
        <Field name="day" label={t('day')} type="date" required value={today} />
        <Field
          name="rate"
          label={t('rate', pair)}
          hint={t('rateHint')}
          inputMode="decimal"
          required
          maxLength={24}
          autocomplete="off"
        />
      </div>
      <Wrong text={trouble} />
      <div>
        <button type="submit" class="button button--main" disabled={busy}>
          {t('enterRate')}
        </button>
      </div>
    </Form>
  )
}
