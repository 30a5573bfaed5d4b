// Prints what the development server shows to a scraper.
import { developmentPlace } from './lib/place.ts'
import { localSetting } from './lib/secrets.ts'

const { app } = developmentPlace()
const token = await localSetting('METRICS_TOKEN')
if (token === undefined) throw new Error('.dev.vars has no METRICS_TOKEN: npm run dev makes one')
const response = await fetch(`${app}/metrics`, { headers: { authorization: `Bearer ${token}` } })
if (!response.ok) throw new Error(`${app}/metrics answered ${response.status}`)
process.stdout.write(await response.text())
