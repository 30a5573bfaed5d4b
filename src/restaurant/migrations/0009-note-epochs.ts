/** After a restore numbers go on in a new epoch: which number was the last before it. */
export const noteEpochs = {
  name: '0009-note-epochs',
  statements: [`ALTER TABLE restaurant ADD COLUMN epoch_start INTEGER NOT NULL DEFAULT 0`],
} as const
