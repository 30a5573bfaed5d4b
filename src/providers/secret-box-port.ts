/** Seals what restaurants entrust to us. `context` names whose and what it is: elsewhere it does not open. */
export interface SecretBox {
  seal(plain: string, context: string): Promise<string>
  /** Null when it was sealed for another context, with a key that is gone, or changed since. */
  open(sealed: string, context: string): Promise<string | null>
}
