/** What a log-in was made on. A tablet's stays open for months while it is used. */
export const SESSION_DEVICES = ['tablet', 'other'] as const
export type SessionDevice = (typeof SESSION_DEVICES)[number]
