import { useId } from 'preact/hooks'
import { Sheet } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toasts.tsx'
import { t } from './words.ts'

/** What is told this once: a tap beside it does not close it. */
export const Secret = ({
  title,
  entries,
  onClose,
}: {
  title: string
  entries: readonly (readonly [name: string, value: string])[]
  onClose: () => void
}) => (
  <Sheet title={title} closeLabel={t('close')} onClose={onClose} firm>
    <p class="note note--warn">{t('once')}</p>
    {entries.map(([name, value]) => (
      <SecretLine key={name} name={name} value={value} />
    ))}
    <button type="button" class="button button--main button--wide" onClick={onClose}>
      {t('keptIt')}
    </button>
  </Sheet>
)

function SecretLine({ name, value }: { name: string; value: string }) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <div class="secret">
        <input
          id={id}
          readOnly
          value={value}
          spellcheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class="button"
          aria-label={t('copyNamed', { name })}
          onClick={() => void copy(value)}
        >
          {t('copy')}
        </button>
      </div>
    </div>
  )
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('copied'))
  } catch {
    toast(t('notCopied'))
  }
}
