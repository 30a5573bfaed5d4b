/** A number that is stepped up and down by large buttons. */
export function Stepper({
  value,
  min = 1,
  max,
  less,
  more,
  onChange,
}: {
  value: number
  min?: number
  max: number
  less: string
  more: string
  onChange: (value: number) => void
}) {
  return (
    <div class="stepper">
      <button
        type="button"
        class="button"
        aria-label={less}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output aria-live="polite">{value}</output>
      <button
        type="button"
        class="button"
        aria-label={more}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        +
      </button>
    </div>
  )
}
