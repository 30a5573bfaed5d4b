import { money } from '../../lib/format.ts'
import { locale } from '../../lib/i18n.ts'
import { countText } from '../counts.ts'
import { Chart } from './chart.tsx'
import { Table } from '../table.tsx'
import { currenciesOf, netIn, type Statistics } from './types.ts'
import { t } from './words.ts'

const dayText = (day: string): string =>
  new Intl.DateTimeFormat(locale.value, {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))

/** When it was ordered and what it brought, as pictures and as tables. */
export const Charts = ({ found }: { found: Statistics }) => (
  <>
    <Days found={found} />
    <Hours found={found} />
  </>
)

function Days({ found }: { found: Statistics }) {
  const { by_day: days } = found.orders
  const currencies = currenciesOf(found)
  return (
    <section class="card stack" aria-labelledby="by-day">
      <h3 id="by-day">{t('byDay')}</h3>
      <div>
        <p class="soft">{t('orders')}</p>
        <Chart
          bars={days.map(({ day, orders }) => ({
            ...{ label: dayText(day), value: orders },
            text: `${dayText(day)}: ${countText(orders)}`,
          }))}
        />
      </div>
      {currencies.map((currency) => (
        <div key={currency}>
          <p class="soft">{t('revenueIn', { currency })}</p>
          <Chart
            bars={days.map(({ day, revenue }) => {
              const net = netIn(revenue, currency)
              const text = `${dayText(day)}: ${money(net, currency)}`
              return { label: dayText(day), value: net, text }
            })}
          />
        </div>
      ))}
      <details class="fold">
        <summary>{t('asTable')}</summary>
        <Table
          label={t('byDay')}
          heads={[
            t('day'),
            { sum: t('orders') },
            ...currencies.map((currency) => ({
              sum: t('revenueIn', { currency }),
            })),
          ]}
        >
          {days.map(({ day, orders, revenue }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td class="sum">{countText(orders)}</td>
              {currencies.map((currency) => (
                <td key={currency} class="sum">
                  {money(netIn(revenue, currency), currency)}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      </details>
    </section>
  )
}

function Hours({ found }: { found: Statistics }) {
  const { by_hour: hours } = found.orders
  return (
    <section class="card stack" aria-labelledby="by-hour">
      <h3 id="by-hour">{t('byHour')}</h3>
      <Chart
        bars={hours.map(({ hour, orders }) => ({
          ...{ label: t('hourOf', { hour }), value: orders },
          text: `${t('hourOf', { hour })}: ${countText(orders)}`,
        }))}
      />
      <details class="fold">
        <summary>{t('asTable')}</summary>
        <Table label={t('byHour')} heads={[t('hour'), { sum: t('orders') }]}>
          {hours.map(({ hour, orders }) => (
            <tr key={hour}>
              <th scope="row">{t('hourOf', { hour })}</th>
              <td class="sum">{countText(orders)}</td>
            </tr>
          ))}
        </Table>
      </details>
    </section>
  )
}
