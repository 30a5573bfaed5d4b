import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Confirm, Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { countText } from '../counts.ts'
import { useEvery } from '../every.ts'
import { isId } from '../ids.ts'
import { api } from '../state.ts'
import { Choice } from '../choice.tsx'
import type { Run } from './types.ts'
import { t } from './words.ts'

const { rebuild, 'search-index': searchIndex } = api.api.v1.admin
const PROJECTIONS = ['orders', 'catalogue', 'coupons', 'all', 'feed', 'wallets'] as const
type Projection = (typeof PROJECTIONS)[number]
const EVERY_MS = 2_000

const projectionText = (one: Projection): string => t(one === 'all' ? 'everything' : one)

/** What makes copies whole again. A run stands in the address, so that it is found after a reload. */
export const Maintenance = ({ runId }: { runId: string }) => (
  <>
    <Rebuild />
    {isId(runId) && <Progress key={runId} runId={runId} />}
    <SearchIndex />
  </>
)

function Rebuild() {
  const [wanted, setWanted] = useState<Projection>('orders')
  const [asked, setAsked] = useState(false)
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const start = async () => {
    const param = { projection: wanted }
    const started = await run(outcomeOf(rebuild[':projection'].$post({ param }, keyFor(wanted))))
    if (!started.ok) return
    keyFor.done()
    setAsked(false)
    location.hash = `#outgoing/maintenance/${started.value.id}`
  }
  return (
    <section class="card stack" aria-labelledby="rebuild">
      <h2 id="rebuild">{t('rebuildTitle')}</h2>
      <p class="soft">{t('rebuildHint')}</p>
      <div class="pair">
        <Choice
          label={t('projection')}
          value={wanted}
          options={PROJECTIONS.map((one) => [one, projectionText(one)])}
          onChange={(one) => setWanted(one as Projection)}
        />
      </div>
      <div>
        <button type="button" class="button" onClick={() => setAsked(true)}>
          {t('start')}
        </button>
      </div>
      {asked && (
        <Confirm
          title={t('rebuildAsked', { what: projectionText(wanted) })}
          text={t('rebuildText')}
          yes={t('start')}
          {...{ busy, trouble }}
          onYes={() => void start()}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  )
}

function Progress({ runId }: { runId: string }) {
  const { reading, again } = useReading(() =>
    outcomeOf(rebuild[':id'].$get({ param: { id: runId } })),
  )
  const over = reading.kind === 'read' && reading.value.state === 'DONE'
  useEvery(EVERY_MS, () => {
    if (!over) void again()
  })
  return (
    <section class="card stack" aria-labelledby="run">
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && <RunText run={reading.value} />}
    </section>
  )
}

function RunText({ run }: { run: Run }) {
  const { state, restaurants_done: done, restaurants_total: total } = run
  const over = state === 'DONE'
  return (
    <>
      <div class="row">
        <h2 id="run">{t('runOf', { what: projectionText(run.projection) })}</h2>
        <span class={over ? 'badge badge--good' : 'badge'} role="status">
          {t(over ? 'finished' : 'running')}
        </span>
      </div>
      <progress
        class="progress"
        aria-labelledby="run"
        max={Math.max(1, total)}
        value={over ? Math.max(1, total) : done}
      />
      <p>
        {t('progress', { done: countText(done), total: countText(total) })} ·{' '}
        {t('rows', { written: countText(run.rows_written), swept: countText(run.rows_swept) })}
      </p>
      <p class="soft">
        {t('startedAt', { at: momentText(run.started_at) })}
        {run.finished_at !== null && ` · ${t('finishedAt', { at: momentText(run.finished_at) })}`}
      </p>
    </>
  )
}

function SearchIndex() {
  const [asked, setAsked] = useState(false)
  const { busy, trouble, run } = useTask()
  const start = async () => {
    const done = await run(outcomeOf(searchIndex.rebuild.$post()))
    if (!done.ok) return
    setAsked(false)
    toast(t('searchDone'))
  }
  return (
    <section class="card stack" aria-labelledby="search-index">
      <h2 id="search-index">{t('searchTitle')}</h2>
      <p class="soft">{t('searchHint')}</p>
      <div>
        <button type="button" class="button" onClick={() => setAsked(true)}>
          {t('searchStart')}
        </button>
      </div>
      {asked && (
        <Confirm
          title={t('searchAsked')}
          text={t('searchText')}
          yes={t('searchStart')}
          {...{ busy, trouble }}
          onYes={() => void start()}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  )
}
