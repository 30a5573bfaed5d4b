import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../lib/api.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { useNotes } from '../ui/parts.tsx'
import { api } from './state.ts'
import { t } from './support/words.ts'

export type Restaurant = InferResponseType<
  DeskClient['api']['v1']['admin']['restaurants']['$get'],
  200
>['items'][number]

/** So long nobody types before what they typed is looked for. */
const PAUSE_MS = 250
const MOST = '8'

/** Restaurants whose name holds the text, a little after the last letter. */
function useNamed(text: string, wanted: boolean): readonly Restaurant[] | null {
  const [named, setNamed] = useState<readonly Restaurant[] | null>(null)
  useEffect(() => {
    setNamed(null)
    const q = text.trim()
    if (!wanted || q === '') return
    let stale = false
    const timer = setTimeout(() => {
      const query = { q, limit: MOST }
      void outcomeOf(api.api.v1.admin.restaurants.$get({ query })).then((read) => {
        if (!stale && read.ok) setNamed(read.value.items)
      })
    }, PAUSE_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [text, wanted])
  return named
}

/** Where something was ordered: a part of the name is typed, and one of those found is chosen. */
export function RestaurantPicker({
  chosen,
  hint = t('restaurantHint'),
  path,
  onChoose,
}: {
  chosen: Restaurant | null
  hint?: string
  /** Where the API has it, in a form. */
  path?: string
  onChoose: (restaurant: Restaurant | null) => void
}) {
  const id = useId()
  const { described, notes } = useNotes(path ?? '', undefined)
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(chosen?.name ?? '')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const named = useNamed(text, open)
  useEffect(() => {
    // Chosen elsewhere, or called by a name that is known only now.
    if (chosen !== null) setText(chosen.name)
  }, [chosen?.id, chosen?.name])
  useEffect(() => {
    const typedOnly = chosen === null && text.trim() !== ''
    field.current?.setCustomValidity(typedOnly ? t('restaurantChoose') : '')
  })
  const choose = (restaurant: Restaurant) => {
    setText(restaurant.name)
    setOpen(false)
    onChoose(restaurant)
    field.current?.focus()
  }
  const shown = open && named !== null && named.length > 0 ? named : []
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      setActive((active + step + shown.length) % shown.length)
    }
    const at = shown[active]
    if (event.key === 'Enter' && at !== undefined) {
      event.preventDefault()
      choose(at)
    }
    if (event.key === 'Escape' && shown.length > 0) {
      // A sheet around it stays.
      event.preventDefault()
      setOpen(false)
    }
  }
  const status =
    chosen !== null
      ? t('restaurantChosen', { name: chosen.name })
      : open && named !== null
        ? named.length === 0
          ? t('restaurantNone')
          : t('restaurantFound', { count: named.length })
        : hint
  return (
    <div class="field picker">
      <label for={id}>{t('restaurant')}</label>
      <input
        ref={field}
        id={id}
        role="combobox"
        autocomplete="off"
        value={text}
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(path !== undefined && described)}
        aria-describedby={`${id}-said ${described['aria-describedby'] ?? ''}`.trim()}
        {...(shown.length > 0 && { 'aria-activedescendant': `${id}-${active}` })}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
          setOpen(true)
          if (chosen !== null) onChoose(null)
        }}
        onKeyDown={onKey}
        onBlur={() => setOpen(false)}
      />
      <ul
        id={`${id}-list`}
        class="picker__list"
        role="listbox"
        aria-label={t('restaurant')}
        hidden={shown.length === 0}
      >
        {shown.map((restaurant, at) => (
          <li
            key={restaurant.id}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            // Before the field loses its focus, and with it the list.
            onPointerDown={(event) => {
              event.preventDefault()
              choose(restaurant)
            }}
          >
            {restaurant.name}
          </li>
        ))}
      </ul>
      <p id={`${id}-said`} class="soft" role="status">
        {status}
      </p>
      {notes}
    </div>
  )
}
