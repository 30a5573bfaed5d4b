import { useEffect, useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Wrong } from '../../ui/parts.tsx'
import { api } from '../state.ts'
import { useTask } from '../../ui/task.ts'
import { t } from './words.ts'

type Inventory = Api['api']['v1']['restaurants']['me']['inventory']
type Page = InferResponseType<Inventory['audits']['$get'], 200>
type Audit = Page['items'][number]

const shown = (level: number | null): string => (level === null ? '–' : String(level))

/** What became of the stock, newest first; older ones come when asked for. */
export function Audits({ changes }: { changes: number }) {
  const [entries, setEntries] = useState<readonly Audit[]>([])
  const [cursor, setCursor] = useState<string | null>(null)
  const { busy, trouble, run } = useTask()
  const read = async (after: string | null) => {
    const query: Record<string, string> = after === null ? {} : { cursor: after }
    const { audits } = api.api.v1.restaurants.me.inventory
    const page = await run(outcomeOf(audits.$get({ query })))
    if (!page.ok) return
    setEntries((known) => (after === null ? page.value.items : [...known, ...page.value.items]))
    setCursor(page.value.next_cursor)
  }
  useEffect(() => {
    void read(null)
  }, [changes])
  return (
    <section class="card stack" aria-labelledby="audits">
      <h2 id="audits">{t('audits')}</h2>
      <Wrong text={trouble} />
      {entries.length === 0 && !busy && <p class="soft">{t('noAudits')}</p>}
      {entries.length > 0 && (
        <div class="wide" role="group" aria-labelledby="audits" tabIndex={0}>
          <table class="data">
            <thead>
              <tr>
                {(['when', 'dish', 'kind', 'reason', 'change'] as const).map((word) => (
                  <th key={word} scope="col">
                    {t(word)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map(({ id, at, name, kind, reason, before, after }) => (
                <tr key={id}>
                  <td>{momentText(at)}</td>
                  <td>{name}</td>
                  <td>{t(kind)}</td>
                  <td>{reason}</td>
                  <td class="sum">
                    {shown(before)} → {shown(after)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {cursor !== null && (
        <button type="button" class="button" disabled={busy} onClick={() => void read(cursor)}>
          {t('older')}
        </button>
      )}
    </section>
  )
}
