/** Dismissals and changes of role, for as long as tokens from before may live. */
export const noteEndedMemberships = {
  name: '0002-note-ended-memberships',
  statements: [
    `CREATE TABLE ended_memberships (
      user_id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      forget_after INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
} as const
