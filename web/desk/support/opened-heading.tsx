import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The name of what was opened: whoever opened it goes on from here. */
export function OpenedHeading({ id, children }: { id?: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 ref={heading} tabIndex={-1} {...(id !== undefined && { id })}>
      {children}
    </h2>
  )
}
