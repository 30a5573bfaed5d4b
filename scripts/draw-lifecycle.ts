// Writes docs/lifecycle.md. A test compares the file with what the data draws.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lifecycleDoc } from './lib/lifecycle-doc.ts'

const target = join(import.meta.dirname, '..', 'docs', 'lifecycle.md')
await writeFile(target, lifecycleDoc())
console.log(`wrote ${target}`)
