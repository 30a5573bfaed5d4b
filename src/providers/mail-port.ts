export interface Mail {
  /** The same for every try, so that a gateway which heard the first can drop the others. */
  id: string
  to: string
  subject: string
  /** Plain text. */
  text: string
}

export interface MailSender {
  /** Hands the mail in; throws when it was not taken for certain. What is thrown names no address. */
  send(mail: Mail): Promise<void>
}
