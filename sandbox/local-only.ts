const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.has(new URL(url).hostname)

/** True for a request to a loopback host that no page of another origin has sent. */
export function isLocalRequest(request: Request): boolean {
  const origin = request.headers.get('origin')
  return isLoopback(request.url) && (origin === null || isLoopback(origin))
}
