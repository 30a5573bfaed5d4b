import { useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../lib/api.ts'
import { textOf } from '../lib/form.ts'
import { dateText } from '../lib/format.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { wholeList } from '../lib/whole-list.ts'
import { toast } from '../ui/toasts.tsx'
import { Confirm, Field, Form, Pending, Select, Wrong } from '../ui/parts.tsx'
import { useReading } from '../ui/reading.ts'
import { api, me } from './state.ts'
import { useTask } from '../ui/task.ts'
import { t } from './words.ts'

type Staff = Api['api']['v1']['restaurants']['me']['staff']
type Member = InferResponseType<Staff['$get'], 200>['items'][number]
type Role = Member['role']

const readStaff = () =>
  wholeList<Member>((query) => outcomeOf(api.api.v1.restaurants.me.staff.$get({ query })))

/** Who works here, and what they may do. */
export function StaffView() {
  const { reading, again } = useReading(readStaff)
  const { busy, trouble, run } = useTask()
  const [leaving, setLeaving] = useState<Member | null>(null)
  const give = async (email: string, role: Role): Promise<boolean> => {
    const given = await run(
      outcomeOf(api.api.v1.restaurants.me.staff.$post({ json: { email, role } })),
    )
    await again()
    if (given.ok) toast(t('saved'))
    return given.ok
  }
  return (
    <>
      <p>{t('staffLead')}</p>
      <Wrong text={trouble} />
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && (
        <ul class="card">
          {reading.value.map((member) => (
            <Row
              key={member.user_id}
              member={member}
              busy={busy}
              onRole={(role) => void give(member.email, role)}
              onDismiss={() => setLeaving(member)}
            />
          ))}
        </ul>
      )}
      <Form
        class="card stack"
        label={t('addStaff')}
        onSubmit={(form, element) =>
          void give(textOf(form, 'email').trim(), textOf(form, 'role') as Role).then((done) => {
            if (done) element.reset()
          })
        }
      >
        <h2>{t('addStaff')}</h2>
        <div class="pair">
          <Field name="email" label={t('email')} type="email" required hint={t('addStaffHint')} />
          <Select
            name="role"
            label={t('role')}
            value="STAFF"
            options={[
              ['STAFF', t('staffRole')],
              ['OWNER', t('owner')],
            ]}
          />
        </div>
        <button type="submit" class="button button--main" disabled={busy}>
          {t('addStaff')}
        </button>
      </Form>
      {leaving !== null && (
        <Dismissal member={leaving} onClose={() => setLeaving(null)} onDone={() => void again()} />
      )}
    </>
  )
}

const Row = ({
  member: { user_id: id, name, email, role, since },
  busy,
  onRole,
  onDismiss,
}: {
  member: Member
  busy: boolean
  onRole: (role: Role) => void
  onDismiss: () => void
}) => (
  <li class="line">
    <div class="line__what">
      <strong>{name}</strong>{' '}
      <span class="badge">{t(role === 'OWNER' ? 'owner' : 'staffRole')}</span>
      <p class="soft">
        {email} · {t('since', { date: dateText(since) })}
      </p>
    </div>
    {id === me.value?.id ? (
      <span class="soft">{t('you')}</span>
    ) : (
      <div class="tools">
        <button
          type="button"
          class="button button--small"
          disabled={busy}
          onClick={() => onRole(role === 'OWNER' ? 'STAFF' : 'OWNER')}
        >
          {t(role === 'OWNER' ? 'makeStaff' : 'makeOwner')}
        </button>
        <button type="button" class="button button--small button--quiet" onClick={onDismiss}>
          {t('dismiss')}
        </button>
      </div>
    )}
  </li>
)

function Dismissal({
  member,
  onClose,
  onDone,
}: {
  member: Member
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run } = useTask()
  const dismiss = async () => {
    const param = { user_id: member.user_id }
    const done = await run(
      outcomeOf(api.api.v1.restaurants.me.staff[':user_id'].$delete({ param })),
    )
    if (!done.ok) return
    onDone()
    onClose()
  }
  return (
    <Confirm
      title={t('dismissTitle', { name: member.name })}
      text={t('dismissText')}
      yes={t('dismiss')}
      busy={busy}
      trouble={trouble}
      onYes={() => void dismiss()}
      onClose={onClose}
    />
  )
}
