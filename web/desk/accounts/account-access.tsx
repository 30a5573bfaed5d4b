import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTask } from '../../ui/task.ts'
import type { AccountDetails } from '../administration/types.ts'
import { Choice } from '../choice.tsx'
import { api, me } from '../state.ts'
import { ROLES, type GivenRole } from './roles.ts'
import { t } from './words.ts'

type Wish = 'role' | 'lock' | 'unlock'
interface Shown {
  account: AccountDetails
  onDone: () => void
}

/** As what somebody is let in, and whether; nobody decides that about themselves. */
export function AccountAccess({ account, onDone }: Shown) {
  const [wish, setWish] = useState<Wish | null>(null)
  return (
    <section class="card stack" aria-labelledby="access">
      <h3 id="access">{t('access')}</h3>
      {account.id === me.value?.id ? (
        <p class="note">{t('ownAccount')}</p>
      ) : (
        <div class="tools">
          <button type="button" class="button" onClick={() => setWish('role')}>
            {t('changeRole')}
          </button>
          {account.locked_at === null ? (
            <button type="button" class="button button--quiet" onClick={() => setWish('lock')}>
              {t('lock')}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => setWish('unlock')}>
              {t('unlock')}
            </button>
          )}
        </div>
      )}
      {wish !== null && (
        <ChangeSheet
          wish={wish}
          account={account}
          onClose={() => setWish(null)}
          onDone={() => {
            setWish(null)
            onDone()
          }}
        />
      )}
    </section>
  )
}

const WORDS = {
  role: ['changeRole', 'changeRoleText', 'changeRole'],
  lock: ['lockTitle', 'lockText', 'lock'],
  unlock: ['unlockTitle', 'unlockText', 'unlock'],
} as const

function ChangeSheet({
  wish,
  account,
  onClose,
  onDone,
}: Shown & { wish: Wish; onClose: () => void }) {
  const { busy, trouble, run, setTrouble } = useTask()
  const [role, setRole] = useState<string>(account.role)
  const [title, text, yes] = WORDS[wish]
  const send = async (form: FormData) => {
    const reason = textOf(form, 'reason').trim()
    if (wish === 'role' && role === account.role) {
      setTrouble(t('sameRole'))
      return
    }
    const json =
      wish === 'role' ? { role: role as GivenRole, reason } : { locked: wish === 'lock', reason }
    const changed = await run(
      outcomeOf(api.api.v1.admin.users[':id'].$patch({ param: { id: account.id }, json })),
    )
    if (!changed.ok) return
    toast(t('saved'))
    onDone()
  }
  return (
    <Sheet title={t(title, { name: account.name })} closeLabel={t('close')} onClose={onClose} firm>
      <Form onSubmit={(form) => void send(form)}>
        <p>{t(text)}</p>
        {wish === 'role' && (
          <Choice
            label={t('newRole')}
            value={role}
            options={ROLES.map((one) => [one, t(one)])}
            onChange={setRole}
          />
        )}
        {wish === 'role' && role === 'ADMIN' && account.role !== 'ADMIN' && (
          <p class="note note--warn">{t('toAdmin')}</p>
        )}
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
        <button
          type="submit"
          class={`button button--wide ${wish === 'lock' ? 'button--bad' : 'button--main'}`}
          disabled={busy}
        >
          {t(yes)}
        </button>
      </Form>
    </Sheet>
  )
}
