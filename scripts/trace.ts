// Tells an order's whole life, or a trace, from the development server's log.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lifeLine, lifeOf, linesIn } from './lib/life.ts'
import { developmentPlace } from './lib/place.ts'
import { endWithReader } from './lib/reader-left.ts'

const [asked] = process.argv.slice(2)
if (asked === undefined) {
  console.error('Whose? npm run trace -- <order id | trace id | order number>')
  process.exit(2)
}

const file = join(developmentPlace().logs, 'app.log')
const text = await readFile(file, 'utf8').catch(() => null)
if (text === null) {
  console.error(`There is no log yet: npm run dev writes it to ${file}.`)
  process.exit(1)
}

endWithReader()
const { told, unread } = linesIn(text)
const life = lifeOf(told, asked)
for (const one of life) console.log(lifeLine(one))
if (unread > 0) console.error(`${unread} of ${told.length + unread} lines could not be read.`)
if (life.length === 0) {
  console.error(`No line names ${asked}; ${file} goes back to when the server was started.`)
  process.exit(1)
}
