import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** A modal sheet: the browser keeps focus inside, closes it by Escape, and gives focus back. */
export function Sheet({
  title,
  closeLabel,
  onClose,
  firm = false,
  children,
}: {
  title: string
  closeLabel: string
  onClose: () => void
  /** Stays when tapped beside: what was typed in it would be lost. */
  firm?: boolean
  children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    // Tablets from before 2022 have no modal dialogs: it lies above the page all the same.
    if (typeof shown?.showModal !== 'function') {
      shown?.setAttribute('open', '')
      return undefined
    }
    shown.showModal()
    return () => shown.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="sheet-title"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !firm) onClose()
      }}
    >
      <div class="sheet__head row">
        <h2 id="sheet-title">{title}</h2>
        <button type="button" class="button button--plain" onClick={onClose}>
          {closeLabel}
        </button>
      </div>
      <div class="sheet__body">{children}</div>
    </dialog>
  )
}
