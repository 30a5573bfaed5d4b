// Tells an order's whole life, or a trace, from the development server's log.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lifeLine, lifeOf, linesIn } from './lib/life.ts'
import { developmentPlace } from './lib/place.ts'

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

const life = lifeOf(linesIn(text), asked)
for (const told of life) console.log(lifeLine(told))
if (life.length === 0) {
  console.error(`No line names ${asked}; ${file} goes back to when the server was started.`)
  process.exit(1)
}
