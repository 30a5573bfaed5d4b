const LOOPBACK = '127.0.0.1'
const ADDRESS = /^[0-9a-f.:]{2,45}$/i

/**
 * The address a request came from. Cloudflare's edge sets `CF-Connecting-IP` and lets no caller send
 * it; the development server passes on whatever was sent, so there it counts only where a setting
 * says so. `X-Forwarded-For` is the caller's own words and never read.
 */
export function clientIpOf(request: Request, believeHeader: boolean): string {
  if (!believeHeader) return LOOPBACK
  const sent = request.headers.get('cf-connecting-ip')
  return sent !== null && ADDRESS.test(sent) ? sent.toLowerCase() : 'unknown'
}
