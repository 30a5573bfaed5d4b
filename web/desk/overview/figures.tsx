export interface Figure {
  name: string
  figure: string
  /** What else there is to say of it. */
  more?: string | undefined
}

/** Figures side by side. */
export const Figures = ({ figures }: { figures: readonly Figure[] }) => (
  <dl class="cards cards--tight">
    {figures.map(({ name, figure, more }) => (
      <div key={name} class="card figure">
        <dt>{name}</dt>
        <dd>{figure}</dd>
        {more !== undefined && <dd class="figure__more">{more}</dd>}
      </div>
    ))}
  </dl>
)

/** A part of the most, as a bar in a row; the figure beside it says the same. */
export const Meter = ({ part }: { part: number }) => (
  <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="chart__bar" width={part * 100} height={8} />
  </svg>
)
