import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Check, Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { api } from '../state.ts'
import { kindText, KINDS, type AlertKind, type Channel } from './kinds.ts'
import { t } from './words.ts'

const CHANNEL_KINDS = ['slack', 'discord', 'email'] as const
type ChannelKind = Channel['kind']

const kindsOf = (form: FormData): AlertKind[] =>
  KINDS.filter((kind) => form.getAll('kinds').includes(kind))

/** Adds a channel, or gives one another name, address, or choice of alerts. */
export function ChannelSheet({
  channel,
  onClose,
  onChanged,
}: {
  channel: Channel | null
  onClose: () => void
  onChanged: () => void
}) {
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'slack')
  const [some, setSome] = useState(channel !== null && channel.kinds !== null)
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const save = async (form: FormData) => {
    const kinds = some ? kindsOf(form) : null
    if (kinds?.length === 0) {
      setTrouble(t('chooseOne'))
      return
    }
    const name = textOf(form, 'name').trim()
    const address = textOf(form, 'address').trim()
    const { channels } = api.api.v1.admin.alerts
    const edit = { name, kinds, ...(address !== '' && { address }) }
    const saved = await run(
      channel === null
        ? outcomeOf(channels.$post({ json: { kind, name, address, kinds } }))
        : outcomeOf(
            channels[':id'].$patch({ param: { id: channel.id }, json: edit }, keyFor(edit)),
          ),
    )
    onChanged()
    if (saved.ok) {
      toast(t('saved'))
      onClose()
    } else if (channel === null && saved.trouble.status === 0) setTrouble(t('perhapsAdded'))
  }
  return (
    <Sheet
      title={channel === null ? t('addChannel') : t('editNamed', { name: channel.name })}
      closeLabel={t('close')}
      onClose={onClose}
      firm
    >
      <Form onSubmit={(form) => void save(form)}>
        {channel === null && (
          <Radios
            legend={t('kind')}
            name="kind"
            value={kind}
            options={CHANNEL_KINDS.map((one) => [one, t(one)])}
            onChange={setKind}
          />
        )}
        <Field
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          value={channel?.name}
          required
          maxLength={100}
        />
        <Field
          key={kind}
          name="address"
          label={t(channel === null ? 'address' : 'newAddress')}
          type={kind === 'email' ? 'email' : 'url'}
          hint={channel === null ? t(`${kind}Hint`) : t('addressHint', { hint: channel.hint })}
          required={channel === null}
          maxLength={500}
          autocomplete="off"
        />
        <Radios
          legend={t('told')}
          name="told"
          value={some ? 'some' : 'all'}
          options={[
            ['all', t('tellEverything')],
            ['some', t('tellSome')],
          ]}
          onChange={(one) => setSome(one === 'some')}
        />
        {some && (
          <fieldset>
            <legend class="unseen">{t('told')}</legend>
            {KINDS.map((one) => (
              <Check
                key={one}
                name="kinds"
                value={one}
                label={kindText(one)}
                checked={channel?.kinds?.includes(one) ?? false}
              />
            ))}
          </fieldset>
        )}
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('save')}
        </button>
      </Form>
    </Sheet>
  )
}

const Radios = <V extends string>({
  legend,
  name,
  value,
  options,
  onChange,
}: {
  legend: string
  name: string
  value: V
  options: readonly (readonly [value: V, text: string])[]
  onChange: (value: V) => void
}) => (
  <fieldset class="field">
    <legend>{legend}</legend>
    <div class="choices">
      {options.map(([one, text]) => (
        <label key={one} class="check">
          <input
            type="radio"
            name={name}
            value={one}
            checked={value === one}
            onChange={() => onChange(one)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  </fieldset>
)
