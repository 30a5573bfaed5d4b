import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Form, Select, Wrong } from '../../ui/parts.tsx'
import { api, restaurant } from '../state.ts'
import { told, useKey, useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'
import { MAX_FILE_BYTES, menuOf, placeInMenu, type MenuText } from './read-file.ts'
import { t } from './words.ts'

type ImportBody = Parameters<typeof api.api.v1.restaurants.me.menu.import.$post>[0]['json']

/** Saves the whole menu as a file on this device. */
export async function exportMenu(): Promise<void> {
  const read = await outcomeOf(api.api.v1.restaurants.me.menu.export.$get())
  if (!read.ok) {
    toast(told(read.trouble))
    return
  }
  const file = new Blob([JSON.stringify(read.value, null, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${restaurant.value?.name ?? 'menu'}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}

async function readFile(file: File): Promise<MenuText> {
  if (file.size > MAX_FILE_BYTES) return { ok: false, why: 'tooLarge' }
  try {
    return menuOf(await file.text())
  } catch {
    return { ok: false, why: 'notJson' }
  }
}

const whyNot = ({ why, line }: Extract<MenuText, { ok: false }>): string =>
  why === 'notJson' && line !== undefined ? t('notJsonAt', { line }) : t(why)

/** Takes in a menu from a file, whole or not at all. */
export function ImportSheet({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const send = async (form: FormData) => {
    if (file === null) return
    const read = await readFile(file)
    if (!read.ok) {
      setTrouble(whyNot(read))
      return
    }
    const { content } = read
    // What the file holds is the API's to judge.
    const json = { ...content, mode: textOf(form, 'mode') } as ImportBody
    const { menu } = api.api.v1.restaurants.me
    const taken = await run(outcomeOf(menu.import.$post({ json }, keyFor(json))))
    if (!taken.ok) {
      setTrouble(told(taken.trouble, (path) => placeInMenu(path, content)))
      return
    }
    const { created, changed, removed } = taken.value.items
    toast(t('imported', { created, changed, removed }))
    onSaved()
    onClose()
  }
  return (
    <Sheet title={t('import')} closeLabel={office('close')} onClose={onClose}>
      <Form onSubmit={(form) => void send(form)}>
        <Wrong text={trouble} />
        <div class="field">
          <label for="menu-file">{t('file')}</label>
          <input
            id="menu-file"
            type="file"
            accept="application/json,.json"
            required
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <Select
          name="mode"
          label={t('importMode')}
          value="merge"
          options={[
            ['merge', t('importMerge')],
            ['replace', t('importReplace')],
          ]}
        />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('import')}
        </button>
      </Form>
    </Sheet>
  )
}
