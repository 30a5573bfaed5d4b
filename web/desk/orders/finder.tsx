import { useState } from 'preact/hooks'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { Form, Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { typedAs } from '../customers/query.ts'
import { api } from '../state.ts'
import { named } from '../view.ts'
import { ByNumber, type Where } from '../support/by-number.tsx'
import { OrderRow } from '../support/order-row.tsx'
import { dayOf } from '../support/today.ts'
import type { ListedOrder, SupportOrder } from '../support/types.ts'
import { t } from './words.ts'

const open = (id: string) => {
  location.hash = `orders/${id}`
}

type Found = ListedOrder | SupportOrder

/** What has that number there, by the restaurant itself; in all of them where none is said. */
async function look(
  number: string,
  { restaurant, day }: Where,
): Promise<Outcome<readonly Found[]>> {
  if (restaurant === null) {
    const query = { number, day, limit: '50' }
    const read = await outcomeOf(api.api.v1.admin.orders.$get({ query }))
    return read.ok ? { ok: true, value: read.value.items } : read
  }
  const query = { number, restaurant_id: restaurant.id, day }
  const read = await outcomeOf(api.api.v1.support.orders.$get({ query }))
  if (read.ok) return { ok: true, value: [read.value] }
  return read.trouble.status === 404 ? { ok: true, value: [] } : read
}

/** By its number, where and when; where the restaurant is not known, whatever has that number that day. */
export function Finder() {
  const [q, setQ] = useState('')
  const [where, setWhere] = useState<Where>({ restaurant: null, day: dayOf(new Date()) })
  const [listed, setListed] = useState<readonly Found[] | null>(null)
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
    const read = await run(look(text.toUpperCase(), where))
    // Whoever went elsewhere meanwhile stays there.
    if (!read.ok || named.value !== 'orders') return
    const [only, ...others] = read.value
    if (only !== undefined && others.length === 0) open(only.order_id)
    else setListed(read.value)
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
