import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { Confirm, Field } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { t as office } from '../words.ts'
import type { Restaurant } from '../state.ts'
import { isSet, keysOf, PROVIDERS, type Provider } from './keys.ts'
import { change, Section } from './section.tsx'
import { t, type SettingWord } from './words.ts'

/** The restaurant's own accounts at providers of payments; what is kept is never shown again. */
export function KeysSection({ now: { provider_keys: shown } }: { now: Restaurant }) {
  const [leaving, setLeaving] = useState<Provider | null>(null)
  return (
    <>
      {(Object.keys(PROVIDERS) as Provider[]).map((provider) => (
        <ProviderKeys
          key={provider}
          provider={provider}
          shown={shown}
          onRemove={() => setLeaving(provider)}
        />
      ))}
      {leaving !== null && <Removal provider={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function ProviderKeys({
  provider,
  shown,
  onRemove,
}: {
  provider: Provider
  shown: Restaurant['provider_keys']
  onRemove: () => void
}) {
  const set = isSet(shown, provider)
  return (
    <Section
      title={t(`${provider}Title`)}
      changes={(form) => {
        const keys = PROVIDERS[provider].map((name) => [name, textOf(form, name).trim()])
        return { provider_keys: { [provider]: Object.fromEntries(keys) as object } }
      }}
      onSaved={(element) => element.reset()}
      tools={
        set && (
          <button
            type="button"
            class="button button--quiet"
            aria-label={t('takeAway', { what: t(`${provider}Title`) })}
            onClick={onRemove}
          >
            {t('remove')}
          </button>
        )
      }
    >
      <p>
        <span class={set ? 'badge badge--good' : 'badge'}>{t(set ? 'keysSet' : 'keysNotSet')}</span>
      </p>
      <p class="soft">{t(`${provider}Hint`)}</p>
      <div class="pair">
        {keysOf(shown, provider).map(([name, hint]) => (
          <Field
            key={name}
            name={name}
            path={`provider_keys.${provider}.${name}`}
            label={t(`${provider}_${name}` as SettingWord)}
            type="password"
            autocomplete="off"
            required
            maxLength={500}
            hint={hint === null ? t('isNotSet') : t('isSet', { hint })}
          />
        ))}
      </div>
    </Section>
  )
}

function Removal({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { busy, trouble, run } = useTask()
  const remove = async () => {
    const json = { provider_keys: { [provider]: null } }
    const headers = { 'Idempotency-Key': crypto.randomUUID() }
    const done = await run(change(json, { headers }))
    if (!done.ok) return
    toast(office('saved'))
    onClose()
  }
  return (
    <Confirm
      title={t('removeKeysTitle', { what: t(`${provider}Title`) })}
      text={t('removeKeysText')}
      yes={t('remove')}
      busy={busy}
      trouble={trouble}
      onYes={() => void remove()}
      onClose={onClose}
    />
  )
}
