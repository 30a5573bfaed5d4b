// Applies D1 migrations: to the local database, or with --remote to a deployed one
// (npm run migrate -- --remote [--env …]).
import { migrateLocally } from './lib/migrate-locally.ts'
import { developmentPlace } from './lib/place.ts'
import { runWrangler } from './lib/wrangler.ts'

const args = process.argv.slice(2)
if (args.includes('--remote')) {
  const { code } = await runWrangler(['d1', 'migrations', 'apply', 'DB', ...args], 'inherit')
  process.exitCode = code
} else {
  const applied = await migrateLocally(developmentPlace().state)
  console.log(applied ? 'Migrations applied to the local database.' : 'Nothing to apply.')
}
