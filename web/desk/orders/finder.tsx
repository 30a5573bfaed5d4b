import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Form, Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { typedAs } from '../customers/query.ts'
import { api } from '../state.ts'
import { ByNumber, type Where } from '../support/by-number.tsx'
import { OrderRow } from '../support/order-row.tsx'
import { dayOf } from '../support/today.ts'
import type { ListedOrder } from '../support/types.ts'
import { t } from './words.ts'

const open = (id: string) => {
  location.hash = `orders/${id}`
}

/** By its number, where and when; where the restaurant is not known, whatever has that number that day. */
export function Finder() {
  const [q, setQ] = useState('')
  const [where, setWhere] = useState<Where>({ restaurant: null, day: dayOf(new Date()) })
  const [listed, setListed] = useState<readonly ListedOrder[] | null>(null)
  const { busy, trouble, run, setTrouble } = useTask()
  const find = async () => {
    const text = q.trim()
    const typed = typedAs(text)
    setListed(null)
    if (typed === 'id') {
      open(text.toLowerCase())
      return
    }
    if (typed !== 'number') {
      setTrouble(t('numberWrong'))
      return
    }
    const number = text.toUpperCase()
    const { restaurant, day } = where
    if (restaurant !== null) {
      const query = { number, restaurant_id: restaurant.id, day }
      const read = await outcomeOf(api.api.v1.support.orders.$get({ query }))
      if (read.ok) {
        open(read.value.order_id)
        return
      }
      if (read.trouble.status === 404) {
        setListed([])
        return
      }
      await run(Promise.resolve(read))
      return
    }
    const query = { number, day, limit: '50' }
    const read = await run(outcomeOf(api.api.v1.admin.orders.$get({ query })))
    if (!read.ok) return
    const [only, ...others] = read.value.items
    if (only !== undefined && others.length === 0) {
      open(only.order_id)
      return
    }
    setListed(read.value.items)
  }
  return (
    <>
      <Form class="card stack" label={t('find')} onSubmit={() => void find()}>
        <h2>{t('find')}</h2>
        <div class="field">
          <label for="order-q">{t('number')}</label>
          <input
            id="order-q"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={40}
            value={q}
            aria-describedby="order-q-hint"
            onInput={(event) => setQ(event.currentTarget.value)}
          />
          <p id="order-q-hint" class="soft">
            {t('numberHint')}
          </p>
        </div>
        {typedAs(q) !== 'id' && <ByNumber where={where} onWhere={setWhere} />}
        <Wrong text={trouble} />
        <div>
          <button type="submit" class="button button--main" disabled={busy}>
            {t('go')}
          </button>
        </div>
      </Form>
      {listed !== null && (
        <section class="stack" aria-labelledby="listed">
          <h2 id="listed">{t('results')}</h2>
          {listed.length === 0 ? (
            <p class="soft" role="status">
              {t('none')}
            </p>
          ) : (
            <ul class="card">
              {listed.map((order) => (
                <OrderRow key={order.order_id} order={order} />
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  )
}
