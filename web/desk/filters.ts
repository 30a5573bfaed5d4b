/** A filter as it is chosen; what is empty narrows nothing. */
export type Chosen = Readonly<Record<string, string>>

/** What is chosen, as a query or a body takes it. */
export const narrowing = (chosen: Chosen): Record<string, string> =>
  Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''))
