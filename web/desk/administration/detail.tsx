import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The head of one thing's page: the way back, and its name, which whoever came here hears first. */
export function DetailHead({
  back,
  to,
  title,
  children,
}: {
  back: string
  to: string
  title: string
  children?: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <div>
        <a class="button button--small" href={to}>
          ← {back}
        </a>
      </div>
      <div class="tools">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </>
  )
}

/** A table that scrolls inside its own box where it is too wide. */
export const Table = ({
  label,
  heads,
  children,
}: {
  label: string
  /** One that is marked stands over sums. */
  heads: readonly (string | { sum: string })[]
  children: ComponentChildren
}) => (
  <div class="wide" role="group" aria-label={label} tabIndex={0}>
    <table class="data">
      <thead>
        <tr>
          {heads.map((head) =>
            typeof head === 'string' ? (
              <th key={head} scope="col">
                {head}
              </th>
            ) : (
              <th key={head.sum} scope="col" class="sum">
                {head.sum}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)
