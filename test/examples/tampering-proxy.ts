import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a call: it goes on, its answer gets lost, or it never arrives. */
export type Fate = 'passes' | 'answer lost' | 'lost'

/** Stands between a client and a server, and decides of each call what becomes of it. */
export async function startProxy(target: string, fateOf: (path: string, body: string) => Fate) {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, headers, url = '' } = request
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const fate = fateOf(url, body)
    if (fate === 'lost') {
      request.socket.destroy()
      return
    }
    const forwarded = ask(`${target}${url}`, { method, headers }, (answer) => {
      if (fate === 'passes')
        answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))
      else answer.resume().on('end', () => request.socket.destroy())
    })
    forwarded.on('error', () => request.socket.destroy()).end(body)
    response.on('close', () => forwarded.destroy())
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
