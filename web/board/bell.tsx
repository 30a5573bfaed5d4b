/** A bell, struck through while nothing can be heard. */
export const Bell = ({ on }: { on: boolean }) => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="currentColor">
    <path d="M12 2a2 2 0 0 0-2 2v.6A6 6 0 0 0 6 10v5l-2 2v1h16v-1l-2-2v-5a6 6 0 0 0-4-5.4V4a2 2 0 0 0-2-2zm-2 17a2 2 0 0 0 4 0z" />
    {!on && <path d="M3.5 2.1 2.1 3.5l18.4 18.4 1.4-1.4z" />}
  </svg>
)
