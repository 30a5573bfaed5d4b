import { describe, expect, it } from 'vitest'
import { restaurantHttp } from '../support/restaurant-http.ts'

const FILES: Record<string, string> = {
  '/web/guest':
    '<!doctype html><html lang="ko"><head><title>OrderSync</title>' +
    '<meta name="description" content="OrderSync" /></head>' +
    '<body><script type="application/json" id="boot">null</script></body></html>',
  '/web/board': '<!doctype html><html lang="ko"><title>주문판</title></html>',
  '/web/office': '<!doctype html><html lang="ko"><title>사무실</title></html>',
  '/web/desk': '<!doctype html><html lang="ko"><title>데스크</title></html>',
  '/web/landing':
    '<html><body><script type="application/json" id="boot">null</script></body></html>',
  '/web/assets/guest-abc.js': 'console.log(1)',
  '/web/sw.js': 'self.x = 1',
  '/web/icon.svg': '<svg/>',
}

const pagesWorld = () =>
  restaurantHttp({
    asset: (request) => {
      const file = FILES[new URL(request.url).pathname]
      if (request.headers.get('if-none-match') === '"known"')
        return Promise.resolve(new Response(null, { status: 304, headers: { ETag: '"known"' } }))
      return Promise.resolve(new Response(file ?? null, { status: file === undefined ? 404 : 200 }))
    },
  })

const bootOf = (html: string): unknown => {
  const [, text = ''] = /id="boot">([^<]*)</.exec(html) ?? []
  return JSON.parse(text)
}

describe('the page behind a table’s code', () => {
  it('comes with the menu in it, in the reader’s language', async () => {
    const { ask, call, owner, restaurantId } = await pagesWorld()
    const { body: table } = await call<{ id: string }>('POST', '/tables', { as: owner, body: {} })
    const { body: category } = await call<{ id: string }>('POST', '/restaurants/me/categories', {
      as: owner,
      body: { name: '치킨' },
    })
    await call('POST', '/restaurants/me/items', {
      as: owner,
      body: { category_id: category.id, name: '</script><b>', names: { en: 'Fried' }, price: 100 },
    })
    const page = await ask(`/t/${table.id.toUpperCase()}`)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('<title>맛있는 치킨집</title>')
    expect(html).toContain('<html lang="ko">')
    expect(html).toMatch(/name="description" content="맛있는 치킨집: /)
    // What an owner has typed closes no element of the page.
    expect(html.match(/<\/script>/g)).toHaveLength(1)
    expect(bootOf(html)).toMatchObject({
      table: { id: table.id },
      menu: {
        restaurant: { id: restaurantId },
        categories: [{ items: [{ name: '</script><b>' }] }],
      },
    })
    const english = await (
      await ask(`/t/${table.id}`, { headers: { 'accept-language': 'en' } })
    ).text()
    expect(english).toContain('<html lang="en">')
    expect(bootOf(english)).toMatchObject({
      menu: { categories: [{ items: [{ name: 'Fried' }] }] },
    })
  })

  it('is not there for ids that are none, or of no restaurant', async () => {
    const { ask } = await pagesWorld()
    for (const id of ['nothing', crypto.randomUUID()])
      expect((await ask(`/t/${id}`)).status).toBe(404)
  })
})

describe('every page', () => {
  it.each(['/', '/board'])('runs our own files alone: %s', async (path) => {
    const { ask } = await pagesWorld()
    const page = await ask(path)
    expect(page.status).toBe(200)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("connect-src 'self' ws://ordersync.test")
    // It may come back as it was left, and is asked for again at each visit.
    expect(page.headers.get('cache-control')).toBe('no-cache')
  })
})

describe('a page’s title', () => {
  it.each([
    ['/board', 'ko', '주문판 · OrderSync'],
    ['/board', 'en', 'Board · OrderSync'],
    ['/office', 'en', 'Office · OrderSync'],
    ['/desk', 'en', 'Desk · OrderSync'],
    ['/desk', 'ko', '데스크 · OrderSync'],
  ])(
    'is in the reader’s language before any script runs: %s in %s',
    async (path, language, title) => {
      const { ask } = await pagesWorld()
      const page = await ask(path, { headers: { 'accept-language': language } })
      expect(await page.text()).toContain(`<title>${title}</title>`)
    },
  )
})

describe('what search engines may look at', () => {
  it('is the first page with its files, and nothing that a person works with', async () => {
    const { ask } = await pagesWorld()
    const robots = await ask('/robots.txt')
    expect(robots.headers.get('content-type')).toContain('text/plain')
    expect((await robots.text()).split('\n')).toEqual([
      'User-agent: *',
      'Allow: /$',
      'Allow: /web/',
      'Disallow: /',
      '',
    ])
  })
})

describe('the files of pages', () => {
  it('are kept for ever where their name changes with their content, and else asked for', async () => {
    const { ask } = await pagesWorld()
    const part = await ask('/web/assets/guest-abc.js')
    expect(part.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const icon = await ask('/web/icon.svg')
    expect(icon.headers.get('cache-control')).toBe('public, max-age=3600')
    expect((await ask('/favicon.ico')).headers.get('location')).toBe('/web/icon.svg')
    const worker = await ask('/sw.js')
    expect(worker.status).toBe(200)
    expect(worker.headers.get('cache-control')).toBe('no-cache')
    expect(worker.headers.get('content-security-policy')).toContain("connect-src 'self'")
  })

  it('are not sent to who has them', async () => {
    const { ask } = await pagesWorld()
    for (const path of ['/sw.js', '/web/icon.svg']) {
      const answer = await ask(path, { headers: { 'if-none-match': '"known"' } })
      expect([answer.status, answer.headers.get('etag')]).toEqual([304, '"known"'])
    }
  })

  it('are answered as unknown where there is none, like any other path', async () => {
    const { ask } = await pagesWorld()
    const response = await ask('/web/assets/nothing.js')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})
