/**
 * The second tap of a double tap was meant for what the first one met. Where that is gone by then,
 * the second would meet whatever lay beneath it, or has moved there.
 */
export function dropStraySecondTaps(): void {
  let met: EventTarget | null = null
  document.addEventListener(
    'click',
    (event) => {
      const isStray = event.detail > 1 && met instanceof Node && !met.isConnected
      if (!isStray) met = event.target
      else {
        event.preventDefault()
        event.stopPropagation()
      }
    },
    { capture: true },
  )
}
