import type { ComponentChildren } from 'preact'

type Fact = readonly [name: string, value: ComponentChildren]

const isTold = ([, value]: Fact): boolean =>
  value !== null && value !== undefined && value !== '' && value !== false

/** Facts by name; those without a value are left out. */
export const Facts = ({ of }: { of: readonly Fact[] }) => (
  <dl class="facts">
    {of.filter(isTold).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
