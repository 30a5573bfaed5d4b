import { useEffect } from 'preact/hooks'
import { learnName, nameOf } from './names.ts'

/** Somebody by name, leading to their account; by the beginning of the id until it is known. */
export function Who({ id }: { id: string }) {
  useEffect(() => void learnName(id), [id])
  const name = nameOf(id)
  return (
    <a href={`#accounts/${id}`}>{name === null || name === '' ? `${id.slice(0, 8)}…` : name}</a>
  )
}
