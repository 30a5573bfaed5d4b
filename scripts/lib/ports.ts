import { createServer } from 'node:net'

/** Whether a server could listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      probe.close(() => resolve(true)),
    )
  })
}

/** Two ports that nobody listens on; taken at once, so that they differ. */
export async function twoFreePorts(): Promise<[number, number]> {
  const [first, second] = await Promise.all([listenAnywhere(), listenAnywhere()])
  await Promise.all([first.close(), second.close()])
  return [first.port, second.port]
}

function listenAnywhere(): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address()
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0
      resolve({ port, close: () => new Promise((closed) => probe.close(() => closed())) })
    })
  })
}
