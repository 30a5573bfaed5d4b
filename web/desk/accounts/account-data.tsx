import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTask } from '../../ui/task.ts'
import type { AccountDetails } from '../administration/types.ts'
import { api, me } from '../state.ts'
import { EraseSheet } from './erase-sheet.tsx'
import { ErasureProgress } from './erasure.tsx'
import { t } from './words.ts'

/** What is held of somebody: handed out as a file, or taken out of everything. */
export function AccountData({ account, onDone }: { account: AccountDetails; onDone: () => void }) {
  const [wish, setWish] = useState<'export' | 'erase' | null>(null)
  if (account.erased_at !== null) return <ErasureProgress id={account.id} />
  return (
    <section class="card stack" aria-labelledby="data">
      <h3 id="data">{t('data')}</h3>
      <div class="tools">
        <button type="button" class="button" onClick={() => setWish('export')}>
          {t('export')}
        </button>
        {account.id !== me.value?.id && (
          <button type="button" class="button button--quiet" onClick={() => setWish('erase')}>
            {t('erase')}
          </button>
        )}
      </div>
      {wish === 'export' && <ExportSheet id={account.id} onClose={() => setWish(null)} />}
      {wish === 'erase' && (
        <EraseSheet account={account} onClose={() => setWish(null)} onDone={onDone} />
      )}
    </section>
  )
}

function ExportSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { busy, trouble, run } = useTask()
  const get = async (form: FormData) => {
    const json = { reason: textOf(form, 'reason').trim() }
    // A file that broke off does not parse, and is not handed on.
    const file = await run(
      outcomeOf(api.api.v1.admin.users[':id'].export.$post({ param: { id }, json })),
    )
    if (!file.ok) return
    download(`personal-data-${id}.json`, JSON.stringify(file.value, null, 2))
    toast(t('exported'))
    onClose()
  }
  return (
    <Sheet title={t('exportTitle')} closeLabel={t('close')} onClose={onClose} firm>
      <Form onSubmit={(form) => void get(form)}>
        <p>{t('exportText')}</p>
        <Area
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          rows={2}
          required
          minLength={3}
          maxLength={500}
        />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t(busy ? 'loading' : 'exportGo')}
        </button>
      </Form>
    </Sheet>
  )
}

/** Saves a text as a file of that name. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
