import { ADMIN, CUSTOMER, OWNER, TEAM, type DemoAccount } from './demo-data.ts'
import type { Place } from './place.ts'
import type { Seeded } from './seed-restaurant.ts'

const row = (name: string, value: string) => `  ${name.padEnd(11)} ${value}`
const accountRow = ({ email, password }: DemoAccount) =>
  row(email.split('@')[0] ?? '', `${email}   password: ${password}`)

/** What `npm run dev` says once everything answers. */
export function welcome(place: Place, { restaurantId, tables }: Seeded): string {
  const table = tables.find(({ name }) => name === 'A1') ?? tables[0]
  return `
OrderSync is running. Ctrl-C stops all of it.

${row('pages', `${place.app}/   (guests, the kitchen’s board, office, desk)`)}
${row('API', `${place.app}/api/v1`)}
${row('docs', `${place.app}/docs   (${place.app}/openapi.json)`)}
${row('restaurant', `맛있는 치킨집, ${restaurantId}`)}
${row('menu', `${place.app}/api/v1/restaurants/${restaurantId}/menu`)}
${row(`table ${table?.name ?? ''}`, `${table?.qr_url ?? ''}   (what its QR code opens)`)}
${row('sandbox', `${place.sandbox}/control/state   (plays Toss Payments; clock and faults: sandbox/README.md)`)}
${row('metrics', `(. ./.dev.vars; curl -H "Authorization: Bearer $METRICS_TOKEN" ${place.app}/metrics)`)}
${row('logs', place.logs)}

Demo accounts, for development only:
${[OWNER, CUSTOMER, ADMIN, ...TEAM].map(accountRow).join('\n')}

Next, in another window:
${row('npm run demo', '  an order from the scan to the last bite, with what guest and owner see')}
${row('npm test', '   all tests')}
`
}
