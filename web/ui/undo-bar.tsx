import { useEffect, useRef } from 'preact/hooks'
import { regrets, sendRegrets, takeBack, type Regret } from './regrets.ts'
import { t } from './words.ts'

addEventListener('pagehide', () => void sendRegrets(true))

/** What was done away with last, and the way back. The focus goes to it, and from it to `after`. */
export function UndoBar({ after }: { after: () => HTMLElement | null }) {
  return (
    <div class="regrets">
      {regrets.value.map((regret) => (
        <One key={regret.key} regret={regret} after={after} />
      ))}
    </div>
  )
}

function One({ regret, after }: { regret: Regret; after: () => HTMLElement | null }) {
  const button = useRef<HTMLButtonElement>(null)
  const hadFocus = useRef(false)
  useEffect(() => {
    // The button that was tapped is gone with its row.
    button.current?.focus({ preventScroll: true })
    return () => {
      if (hadFocus.current) after()?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <div class="regrets__one row" role="group" aria-label={regret.text}>
      <span role="status">{regret.text}</span>
      <button
        ref={button}
        type="button"
        class="button"
        onFocus={() => {
          hadFocus.current = true
        }}
        onBlur={(event) => {
          // Blurred by being taken off the page, it has nowhere to go.
          if (event.relatedTarget !== null) hadFocus.current = false
        }}
        onClick={() => takeBack(regret.key)}
      >
        {t('undo')}
      </button>
    </div>
  )
}
