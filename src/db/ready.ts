const TIME_LIMIT_MS = 1_000

/** Whether the database answers a point read within a second. */
export async function databaseAnswers(database: D1Database): Promise<boolean> {
  const answer = database
    .prepare('SELECT 1')
    .first()
    .then(
      () => true,
      () => false,
    )
  return Promise.race([answer, scheduler.wait(TIME_LIMIT_MS).then(() => false)])
}
