/** After a restore numbers go on in a new epoch: the last number before it, and which is to come. */
export const noteEpochs = {
  name: '0009-note-epochs',
  statements: [
    `ALTER TABLE restaurant ADD COLUMN epoch_start INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE restaurant ADD COLUMN restoring INTEGER`,
  ],
} as const
