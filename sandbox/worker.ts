import type { SandboxEnv } from './sandbox-object.ts'

export { SandboxObject } from './sandbox-object.ts'

const INDEX = {
  name: 'ordersync-sandbox',
  toss_payments: '/toss/v1/payments',
  stripe: '/stripe/v1/payment_intents',
  payaction: '/payaction/order',
  bank: '/payaction/bank',
  control: '/control/state',
  documentation: 'sandbox/README.md',
}

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname === '/' || pathname === '/health') return Response.json(INDEX)
    return env.SANDBOX.getByName('world').fetch(request)
  },
} satisfies ExportedHandler<SandboxEnv>
