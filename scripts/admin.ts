// Makes a registered account an administrator, in the database itself: for the first one of a deployment.
// npm run admin -- you@example.com [--remote] [--env staging]
import { parseArgs } from 'node:util'
import { makeAdmin } from './lib/make-admin.ts'
import { developmentPlace } from './lib/place.ts'
import { executeLocally, runWrangler } from './lib/wrangler.ts'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { remote: { type: 'boolean' }, env: { type: 'string', default: '' } },
})
const [email = ''] = positionals

if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
  console.error('npm run admin -- <e-mail of a registered account> [--remote] [--env staging]')
  process.exitCode = 1
} else {
  const sql = makeAdmin(email)
  if (flags.remote === true) {
    const where = ['--remote', `--env=${flags.env}`, '--yes']
    const { code } = await runWrangler(
      ['d1', 'execute', 'DB', ...where, '--command', sql],
      'inherit',
    )
    process.exitCode = code
  } else await executeLocally(developmentPlace().state, sql)
  if (process.exitCode === undefined || process.exitCode === 0)
    console.log(
      `${email} is an administrator from the next log-in or refreshed token on, if it is registered.`,
    )
}
