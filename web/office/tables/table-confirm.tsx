import { useState } from 'preact/hooks'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { toast } from '../../ui/toasts.tsx'
import { Confirm } from '../../ui/parts.tsx'
import { api } from '../state.ts'
import { useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'
import type { Table } from './tables-view.tsx'
import { t } from './words.ts'

export interface Wish {
  what: 'reset' | 'rotate' | 'remove'
  table: Table
}
type Force = 'void' | 'refund'

const WORDS = {
  reset: ['resetTitle', 'resetText', 'reset'],
  rotate: ['rotateTitle', 'rotateText', 'rotate'],
  remove: ['removeTitle', 'removeText', 'remove'],
} as const

function sent({ what, table }: Wish, force: Force | null): Promise<Outcome<unknown>> {
  const param = { id: table.id }
  const one = api.api.v1.tables[':id']
  switch (what) {
    case 'reset':
      return outcomeOf(one.reset.$post({ param, json: { force } }))
    case 'rotate':
      return outcomeOf(one.qr.rotate.$post({ param }))
    case 'remove':
      return outcomeOf(one.$delete({ param }))
  }
}

/** Asks before a party is sent away, a code ends, or a table goes; open orders are decided on first. */
export function TableConfirm({
  wish,
  onClose,
  onDone,
}: {
  wish: Wish
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run } = useTask()
  const [open, setOpen] = useState(false)
  const [title, text, yes] = WORDS[wish.what]
  const { name } = wish.table
  const go = async (force: Force | null) => {
    const done = await run(sent(wish, force))
    if (done.ok) {
      toast(office('saved'))
      onDone()
      onClose()
    } else if (wish.what === 'reset') setOpen(done.trouble.reason === 'TABLE_HAS_OPEN_ORDERS')
  }
  return (
    <Confirm
      title={t(title, { name })}
      text={t(text)}
      yes={t(yes)}
      busy={busy}
      trouble={trouble}
      onYes={() => void go(null)}
      onClose={onClose}
    >
      {open && (
        <div class="stack">
          <p>{t('openOrders')}</p>
          <button type="button" class="button" disabled={busy} onClick={() => void go('refund')}>
            {t('forceRefund')}
          </button>
          <button type="button" class="button" disabled={busy} onClick={() => void go('void')}>
            {t('forceVoid')}
          </button>
        </div>
      )}
    </Confirm>
  )
}
