/** Which request's trace an event belongs to, and what the agenda owes. */
export const noteTraces = {
  name: '0010-note-traces',
  statements: [
    `ALTER TABLE events ADD COLUMN trace_id TEXT`,
    `ALTER TABLE agenda ADD COLUMN trace_id TEXT`,
  ],
} as const
