import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { json, missing, wrong, type Answer } from './answers.ts'
import { authenticatePage, overPage } from './authenticate-page.ts'
import { parseForm, textOf, type FormFields } from './form.ts'
import type { StripeLedger } from './ledger.ts'
import { isCard, type Intent } from './objects.ts'
import { wrongState } from './operations.ts'
import { FORM_SCRIPT } from './form-script.ts'
import type { StripeStore } from './store.ts'

const PAYABLE: readonly Intent['status'][] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]

/** What browsers may ask with a publishable key, the form's script, and the bank's page. */
export function createStripeBrowser(store: StripeStore, ledger: StripeLedger) {
  /** The client secret is the permission, and the account must be the key's. */
  function mayTouch(id: string, fields: FormFields, request: Request) {
    const key = textOf(fields, 'key') ?? request.headers.get('authorization')?.slice(7) ?? ''
    const account = /^pk_test_([A-Za-z0-9]+)$/.exec(key)?.[1]
    const found = store.get('payment_intent', id)
    if (account === undefined) return null
    const fits =
      found?.account === account && found.object.client_secret === textOf(fields, 'client_secret')
    return fits ? found : null
  }

  async function confirm(c: Context, id: string): Promise<Answer> {
    const fields = parseForm(await c.req.text())
    const found = mayTouch(id, fields, c.req.raw)
    if (found === null) return missing('payment_intent', id)
    const { account, object: intent } = found
    if (!PAYABLE.includes(intent.status)) return wrongState(intent, 'confirm')
    const card = textOf(fields, 'payment_method') ?? ''
    const returnUrl = textOf(fields, 'return_url') ?? ''
    if (!isCard(card)) return missing('PaymentMethod', card)
    if (!URL.canParse(returnUrl))
      return wrong(400, { message: 'A return_url must be given.', param: 'return_url' })
    const after = ledger.confirm(account, intent, card, returnUrl)
    return after.last_payment_error === null || after.status !== 'requires_payment_method'
      ? json(200, after)
      : wrong(402, { ...after.last_payment_error, payment_intent: after })
  }

  const show = (html: string, status: 200 | 404 | 409) =>
    new Response(html, {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    })

  return new Hono()
    .use('/v1/payment_intents/:id/confirm', cors())
    .post('/v1/payment_intents/:id/confirm', async (c) => {
      const { status, body } = await confirm(c, c.req.param('id'))
      return c.body(body, status as 200, { 'content-type': 'application/json' })
    })
    .get('/v3/', (c) =>
      c.body(FORM_SCRIPT, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cross-origin-resource-policy': 'cross-origin',
      }),
    )
    .get('/authenticate/:id', (c) => {
      const found = store.get('payment_intent', c.req.param('id'))
      return found?.object.status === 'requires_action'
        ? show(authenticatePage(found.object), 200)
        : show(overPage, 404)
    })
    .post('/authenticate/:id', async (c) => {
      const { proved } = await c.req.parseBody()
      const to = authenticate(store, ledger, c.req.param('id'), proved === 'yes')
      return to === null ? show(overPage, 409) : c.redirect(to, 303)
    })
}

/** The buyer's answer at the bank's page; where his browser goes then. Null when nobody had asked. */
export function authenticate(
  store: StripeStore,
  ledger: StripeLedger,
  id: string,
  proved: boolean,
): string | null {
  const found = store.get('payment_intent', id)
  const back = found?.object.next_action?.redirect_to_url.return_url
  if (found?.object.status !== 'requires_action' || back === undefined) return null
  return returnTo(back, ledger.authenticate(found.account, found.object, proved))
}

/** Where a browser comes back to, with what Stripe adds to the address. */
export function returnTo(returnUrl: string, intent: Intent): string {
  const url = new URL(returnUrl)
  const failed = intent.status === 'requires_payment_method'
  url.searchParams.set('payment_intent', intent.id)
  url.searchParams.set('payment_intent_client_secret', intent.client_secret)
  url.searchParams.set('redirect_status', failed ? 'failed' : intent.status)
  return url.href
}
