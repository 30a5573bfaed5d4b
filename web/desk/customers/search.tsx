import { useState } from 'preact/hooks'
import { Form, Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { me } from '../me.ts'
import { ByNumber, type Where } from '../support/by-number.tsx'
import { dayOf } from '../support/today.ts'
import { FoundList } from './found-list.tsx'
import { typedAs } from './query.ts'
import { found, look, type Search as Searched } from './search-state.ts'
import { t } from './words.ts'

/** One field for whatever is in hand. */
export function Search() {
  const last = found.value?.search
  const [q, setQ] = useState(last?.q ?? '')
  const [where, setWhere] = useState<Where>(
    last?.where ?? { restaurant: null, day: dayOf(new Date()) },
  )
  const { busy, trouble, run, setTrouble } = useTask()
  const typed = typedAs(q)
  const seek = async (search: Searched) => {
    const whose = me.value
    const outcome = await run(look(search))
    // Nobody finds what somebody else has looked for.
    if (outcome.ok && me.value === whose) found.value = outcome.value
  }
  const submit = () => {
    if (typed === 'nothing' || typed === 'too-short') {
      setTrouble(t('tooShort'))
      return
    }
    void seek({ q: q.trim(), by: null, where: typed === 'number' ? where : null })
  }
  return (
    <>
      <Form class="card stack" label={t('search')} onSubmit={submit}>
        <div class="field">
          <label for="customer-q">{t('q')}</label>
          <input
            id="customer-q"
            type="search"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            maxLength={200}
            value={q}
            aria-describedby="customer-q-hint"
            onInput={(event) => setQ(event.currentTarget.value)}
          />
          <p id="customer-q-hint" class="soft">
            {typed === 'nothing' || typed === 'too-short' ? t('qHint') : t(`as_${typed}`)}
          </p>
        </div>
        {typed === 'number' && <ByNumber where={where} onWhere={setWhere} />}
        <Wrong text={trouble} />
        <div class="row">
          <button type="submit" class="button button--main" disabled={busy}>
            {t('find')}
          </button>
          <span class="soft">{t('recorded')}</span>
        </div>
      </Form>
      {found.value !== null && <FoundList found={found.value} onSeek={(one) => void seek(one)} />}
    </>
  )
}
