import type { ComponentChildren } from 'preact'
import { outcomeOf } from '../../lib/outcome.ts'
import { toast } from '../../ui/toasts.tsx'
import { Form, Wrong } from '../../ui/parts.tsx'
import { api, takeRestaurant } from '../state.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'

export type Changes = Parameters<typeof api.api.v1.restaurants.me.$patch>[0]['json']

/** Sends changes and takes over what the restaurant is then. */
export async function change(json: Changes, options: { headers: Record<string, string> }) {
  const saved = await outcomeOf(api.api.v1.restaurants.me.$patch({ json }, options))
  if (saved.ok) takeRestaurant(saved.value)
  return saved
}

/** Settings that belong together, saved together. */
export function Section({
  title,
  changes,
  onSaved,
  tools,
  children,
}: {
  title: string
  changes: (form: FormData) => Changes
  onSaved?: (element: HTMLFormElement) => void
  /** What else can be done with them, beside saving. */
  tools?: ComponentChildren
  children: ComponentChildren
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const save = async (form: FormData, element: HTMLFormElement) => {
    const json = changes(form)
    // The same settings may be wanted again after others were: each saving is one of its own.
    const saved = await run(change(json, keyFor({ json, at: Date.now() })))
    if (!saved.ok) return
    toast(office('saved'))
    onSaved?.(element)
  }
  return (
    <section class="card">
      <Form label={title} onSubmit={(form, element) => void save(form, element)}>
        <h2>{title}</h2>
        {children}
        <Wrong text={trouble} />
        <div class="tools">
          <button type="submit" class="button button--main" disabled={busy}>
            {office('save')}
          </button>
          {tools}
        </div>
      </Form>
    </section>
  )
}
