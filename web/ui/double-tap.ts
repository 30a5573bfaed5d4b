const NEAR_PX = 24

interface Met {
  /** What somebody meant to tap. */
  what: Element | null
  x: number
  y: number
}

/**
 * The second tap of a double tap was meant for what the first one met. What has come up there since
 * (a sheet, or what lay beneath one) is spared it.
 */
export function dropStraySecondTaps(): void {
  let met: Met | null = null
  const hear = (event: MouseEvent) => {
    if (!event.isTrusted || event.detail === 0) return
    const now = metBy(event)
    if (event.detail > 1 && met !== null && met.what !== now.what && isNear(met, now)) {
      event.preventDefault()
      event.stopPropagation()
    } else met = now
  }
  document.addEventListener('click', hear, { capture: true })
}

function metBy({ target, clientX: x, clientY: y }: MouseEvent): Met {
  const element = target instanceof Element ? target : null
  return { what: element?.closest('button, a, label, summary, dialog') ?? element, x, y }
}

const isNear = (one: Met, other: Met): boolean =>
  Math.hypot(one.x - other.x, one.y - other.y) < NEAR_PX
