import type { ComponentChildren } from 'preact'

/** A head of a column; one that is marked stands over sums. */
export type Head = string | { sum: string }

/** A table that scrolls inside its own box where it is too wide for the page. */
export const Table = ({
  label,
  heads,
  width = '',
  children,
}: {
  label: string
  heads: readonly Head[]
  /** How much its columns hold, where that is not the usual. */
  width?: 'few' | 'some' | 'many' | ''
  children: ComponentChildren
}) => (
  <div
    class={width === '' ? 'wide' : `wide wide--${width}`}
    role="group"
    aria-label={label}
    tabIndex={0}
  >
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
