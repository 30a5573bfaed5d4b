// Prints what the development server shows to a scraper.
import { developmentPlace } from './lib/place.ts'
import { endWithReader } from './lib/reader-left.ts'
import { scrape } from './lib/scrape.ts'
import { localSetting } from './lib/secrets.ts'

endWithReader()
const scraped = await scrape(developmentPlace().app, await localSetting('METRICS_TOKEN'))
if ('shown' in scraped) process.stdout.write(scraped.shown)
else {
  console.error(scraped.trouble)
  process.exitCode = 1
}
