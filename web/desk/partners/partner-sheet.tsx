import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import type { Partner } from '../administration/types.ts'
import { api } from '../state.ts'
import { t } from './words.ts'

/** Adds a partner, or gives one another name or certificate. */
export function PartnerSheet({
  partner,
  onClose,
  onSaved,
}: {
  partner: Partner | null
  onClose: () => void
  onSaved: (saved: Partner | (Partner & { client_secret: string })) => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const save = async (form: FormData) => {
    const fingerprint = textOf(form, 'fingerprint').trim()
    const json = {
      name: textOf(form, 'name').trim(),
      cert_fingerprint: fingerprint === '' ? null : fingerprint,
    }
    const { partners } = api.api.v1.admin.integrations
    const saved = await run<Partner>(
      partner === null
        ? outcomeOf(partners.$post({ json }))
        : outcomeOf(partners[':id'].$patch({ param: { id: partner.id }, json }, keyFor(json))),
    )
    if (saved.ok) onSaved(saved.value)
  }
  return (
    <Sheet
      title={partner === null ? t('add') : t('editTitle', { name: partner.name })}
      closeLabel={t('close')}
      onClose={onClose}
      firm
    >
      <Form onSubmit={(form) => void save(form)}>
        <Field name="name" label={t('name')} required maxLength={200} value={partner?.name} />
        <Field
          name="fingerprint"
          path="cert_fingerprint"
          label={t('fingerprint')}
          hint={t('fingerprintHint')}
          maxLength={200}
          value={partner?.cert_fingerprint}
          autocomplete="off"
        />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t(partner === null ? 'add' : 'save')}
        </button>
      </Form>
    </Sheet>
  )
}
