import { effect, signal, type Signal } from '@preact/signals'

interface Me {
  id: string
  name: string
  email: string
  role: string
}

/** Who is logged in. */
export const me = signal<Me | null>(null)

/** Something that is remembered for as long as somebody is logged in, and gone with them. */
export function ofTheLogIn<T>(atFirst: T): Signal<T> {
  const remembered = signal(atFirst)
  effect(() => {
    if (me.value === null) remembered.value = atFirst
  })
  return remembered
}
