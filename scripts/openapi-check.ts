// Holds the API as it is against the last release's (npm run openapi:check): a change that callers cannot
// live with stands in releases/api-changes.json with its reason, or the check fails.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './lib/place.ts'
import { judge, nameOf, type AllowedChange } from './openapi/allowed.ts'
import { breakingChanges } from './openapi/compare.ts'
import type { Document } from './openapi/document.ts'
import { apiOf } from './releases/describe.ts'
import { readKept, readKeptApi } from './releases/kept.ts'

const listed = await readFile(join(ROOT, 'releases', 'api-changes.json'), 'utf8')
const before = (await readKeptApi()) as Document
const after = (await apiOf(ROOT)) as Document
const changes = breakingChanges(before, after)
const { refused, wrong } = judge(changes, JSON.parse(listed) as AllowedChange[])
for (const change of refused) console.log(`  BREAKS  ${nameOf(change)}: ${change.detail}`)
for (const problem of wrong) console.log(`  LIST    ${problem}`)
const { version } = await readKept()
const added = Object.keys(after.paths).filter((path) => !Object.hasOwn(before.paths, path)).length
console.log(
  `Since ${version}: ${added} paths are new, ${refused.length} changes break callers, ` +
    `${changes.length - refused.length} of those allowed.`,
)
process.exitCode = refused.length + wrong.length === 0 ? 0 : 1
