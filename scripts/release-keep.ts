// Keeps what runs while the next release is rolled out (npm run release:keep -- v0.2.0): its Worker, its
// settings, its API document. Once per release, right after it was tagged; the files are committed.
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './lib/place.ts'
import { bundle } from './releases/bundle.ts'
import { apiOf, d1Migrations, digestsOf, objectMigrations } from './releases/describe.ts'
import { writeKept } from './releases/kept.ts'
import { settingsOf } from './releases/settings.ts'

const [ref = 'HEAD'] = process.argv.slice(2)
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8' }).trim()
const lockOf = (checkout: string) => readFile(join(checkout, 'package-lock.json'), 'utf8')

const folder = await mkdtemp(join(tmpdir(), 'ordersync-release-'))
try {
  const checkout = join(folder, 'checkout')
  const commit = git(ROOT, 'rev-parse', '--verify', `${ref}^{commit}`)
  git(ROOT, 'clone', '--quiet', '--no-checkout', ROOT, checkout)
  git(checkout, 'checkout', '--quiet', commit)
  if ((await lockOf(checkout)) !== (await lockOf(ROOT)))
    throw new Error(`${ref} was locked to other packages than these: check it out, npm ci, again`)
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'))

  const manifest = await readFile(join(checkout, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const worker = await bundle(checkout, join(folder, 'bundle'))
  for (const place of [ROOT, folder, homedir()])
    if (worker.includes(`${place}/`)) throw new Error(`the bundle names a place here: ${place}`)
  const release = {
    version,
    commit,
    d1Migrations: digestsOf(await d1Migrations(checkout)),
    objectMigrations: digestsOf(await objectMigrations(checkout)),
    settings: settingsOf(join(checkout, 'wrangler.toml'), 'development'),
  }
  await writeKept(release, worker, await apiOf(checkout))
  console.log(`Kept ${version} (${commit.slice(0, 7)}): ${(worker.length / 1e6).toFixed(1)} MB`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
