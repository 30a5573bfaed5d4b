/** A door that the test opens, and word of who stands before it. */
export function gate() {
  let open = (): void => undefined
  let arrive = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  const reached = new Promise<void>((resolve) => (arrive = resolve))
  return {
    open: () => open(),
    reached,
    pass: (): Promise<void> => {
      arrive()
      return opened
    },
  }
}
