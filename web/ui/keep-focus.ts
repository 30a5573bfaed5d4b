/** What somebody was at, and whatever lies around it, the nearest first. */
interface Place {
  at: HTMLElement
  around: readonly HTMLElement[]
}

function placeOf(at: HTMLElement, within: HTMLElement): Place {
  const around: HTMLElement[] = []
  for (let one = at.parentElement; one !== null && one !== within; one = one.parentElement)
    around.push(one)
  return { at, around }
}

const looks = (one: HTMLElement): string =>
  [one.tagName, one.getAttribute('name'), one.getAttribute('aria-label'), one.textContent].join()

/** The same thing drawn anew, as in a form that was reset; null where it cannot be told. */
function sameIn(around: HTMLElement, at: HTMLElement): HTMLElement | null {
  const same = [...around.querySelectorAll<HTMLElement>(at.tagName)].filter(
    (one) => looks(one) === looks(at),
  )
  return same.length === 1 ? (same[0] ?? null) : null
}

/** Gives the focus to something that takes none by itself, for as long as it is there. */
function visit(place: HTMLElement): void {
  if (place.tabIndex < 0 && !place.hasAttribute('tabindex')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus({ preventScroll: true })
}

/**
 * Keeps somebody's place where what they were at is taken away: a row that is removed, a button whose
 * sheet has done its work. The nearest that is left around it has the focus then, else `otherwise`.
 */
export function keepFocus(main: HTMLElement, otherwise: () => HTMLElement | null): () => void {
  let last: Place | null = null
  const came = ({ target }: FocusEvent) => {
    last = target instanceof HTMLElement ? placeOf(target, main) : null
  }
  const went = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) return
    setTimeout(() => {
      // Still there, it was left on purpose; what was taken away has been seen to by now.
      if (last?.at === target && document.activeElement !== target) last = null
    })
  }
  const observer = new MutationObserver(() => {
    if (last === null || last.at.isConnected || document.activeElement !== document.body) return
    const { at, around } = last
    last = null
    const near = around.find((one) => one.isConnected)
    const there = near === undefined ? otherwise() : (sameIn(near, at) ?? near)
    if (there !== null) visit(there)
  })
  main.addEventListener('focusin', came)
  main.addEventListener('focusout', went)
  observer.observe(main, { childList: true, subtree: true })
  return () => {
    observer.disconnect()
    main.removeEventListener('focusin', came)
    main.removeEventListener('focusout', went)
  }
}
