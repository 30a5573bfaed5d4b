import type { Intent } from './objects.ts'

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 1.25rem}
form{display:grid;gap:.6rem}button{padding:1rem;border:0;border-radius:.75rem;font:inherit}`

const shell = (body: string) =>
  `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>본인 확인</title><style>${STYLE}</style></head><body><main><p>연습용 · Sandbox, no real money</p>${body}</main></body></html>`

/** Plays the bank's page of a 3-D Secure check: two buttons, each a plain form field. */
export const authenticatePage = ({ amount, currency }: Intent): string =>
  shell(`<h1>본인 확인 · Is it you?</h1><p>${amount.toLocaleString('ko-KR')} ${currency.toUpperCase()}</p>
<form method="post"><button name="proved" value="yes">확인 · It is me</button><button name="proved" value="no">실패 · It fails</button></form>`)

export const overPage = shell('<h1>이미 끝났습니다</h1><p>Nothing to prove here.</p>')
