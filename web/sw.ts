/// <reference lib="webworker" />
// Pages open without a network: what they are made of is kept, and a page itself as it came last.
// Answers of the API are never kept here: what is stale must be seen to be.
declare const self: ServiceWorkerGlobalScope

const PARTS = 'os-parts-1'
const PAGES = 'os-pages-1'
const MOST_PAGES = 20
/** A café's Wi-Fi that swallows requests is no better than none. */
const PATIENCE_MS = 4_000

const isPage = (path: string): boolean =>
  path.startsWith('/t/') || path === '/board' || path === '/office' || path === '/desk'

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()))
})

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith('os-') && name !== PARTS && name !== PAGES)
  await Promise.all(others.map((name) => caches.delete(name)))
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname.startsWith('/web/assets/') || pathname.startsWith('/images/'))
    event.respondWith(keptFirst(request))
  else if (request.mode === 'navigate' && isPage(pathname)) event.respondWith(freshFirst(request))
})

/** Names of these change with their content. */
async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(PARTS)
  const kept = await cache.match(request)
  if (kept !== undefined) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

async function freshFirst(request: Request): Promise<Response> {
  const cache = await caches.open(PAGES)
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) {
      await cache.put(request, answer.clone())
      await keepFew(cache)
    }
    return answer
  })
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
  const first = await Promise.race([fresh.catch(() => null), patience])
  return first ?? (await cache.match(request)) ?? fresh
}

async function keepFew(cache: Cache): Promise<void> {
  const pages = await cache.keys()
  await Promise.all(pages.slice(0, -MOST_PAGES).map((page) => cache.delete(page)))
}

export {}
