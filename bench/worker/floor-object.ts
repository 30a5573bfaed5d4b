import { DurableObject } from 'cloudflare:workers'

/** Writes as many rows as an order does, in one transaction, and decides nothing. */
export class FloorObject extends DurableObject {
  #answer: string | null = null

  constructor(ctx: DurableObjectState, env: never) {
    super(ctx, env)
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID',
    )
  }
  /** What is answered from now on, in place of an id: as many bytes as the product's answer has. */
  answerWith(text: string): void {
    this.#answer = text
  }
  write(rows: number, body: string): string {
    const id = crypto.randomUUID()
    this.ctx.storage.transactionSync(() => {
      for (let row = 0; row < rows; row += 1)
        this.ctx.storage.sql.exec(
          'INSERT INTO floor (id, body) VALUES (?, ?)',
          `${id}-${row}`,
          body,
        )
    })
    return this.#answer ?? id
  }
  read(body: string): string {
    return body
  }
}
