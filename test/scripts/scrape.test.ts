import { describe, expect, it } from 'vitest'
import { scrape } from '../../scripts/lib/scrape.ts'

const APP = 'http://127.0.0.1:8787'
const answers = (response: Response) => () => Promise.resolve(response)

describe('looking at the metrics of a development server', () => {
  it('shows what a scraper sees, under its token', async () => {
    let asked: Request | null = null
    const scraped = await scrape(APP, 'scraper', (...call) => {
      asked = new Request(...call)
      return Promise.resolve(new Response('orders_total 3\n'))
    })
    expect(scraped).toEqual({ shown: 'orders_total 3\n' })
    expect(asked).toMatchObject({ url: `${APP}/metrics` })
    expect(asked!.headers.get('authorization')).toBe('Bearer scraper')
  })

  it.each<[name: string, token: string | undefined, ask: typeof fetch, words: RegExp]>([
    [
      'nothing listens',
      'scraper',
      () => Promise.reject(new TypeError('fetch failed')),
      /^Nothing answers at http:\/\/127\.0\.0\.1:8787: start it with npm run dev, or set PORT/,
    ],
    [
      'it takes another token',
      'other',
      answers(new Response('', { status: 401 })),
      /^http:\/\/127\.0\.0\.1:8787\/metrics answered 401\.$/,
    ],
    [
      'there is no token',
      undefined,
      answers(new Response('orders_total 3\n')),
      /^\.dev\.vars has no METRICS_TOKEN: npm run dev makes one\.$/,
    ],
  ])('says in words what to do where %s', async (_, token, ask, words) => {
    const scraped = await scrape(APP, token, ask)
    expect('trouble' in scraped ? scraped.trouble : scraped.shown).toMatch(words)
  })
})
