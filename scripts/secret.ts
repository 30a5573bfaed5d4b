// Writes a new value of a secret to standard output, for `wrangler secret put` to read from there:
// npm run -s secret JWT_KEYS | npx wrangler secret put JWT_KEYS --env=
import { OWN_SECRETS } from './lib/secrets.ts'

const [name = ''] = process.argv.slice(2)
const make = Object.entries(OWN_SECRETS).find(([known]) => known === name)?.[1]
if (make === undefined) {
  console.error(`Which secret? One of ${Object.keys(OWN_SECRETS).join(', ')}.`)
  process.exitCode = 1
} else process.stdout.write(make())
