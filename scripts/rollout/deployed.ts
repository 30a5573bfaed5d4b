import type { Hands, Share } from './run.ts'

/** Runs wrangler with these arguments; gives what it said, and its own notes of what it did. */
export type Wrangler = (args: readonly string[]) => Promise<{ output: string; notes: string }>

type Deployed = Pick<Hands, 'current' | 'migrate' | 'upload' | 'deploy' | 'triggers'>

/** The versions of one environment, which `''` names at the top level. */
export function deployedBy(run: Wrangler, environment: string, tag: string): Deployed {
  const env = `--env=${environment}`
  return {
    current: async () => {
      const { output } = await run(['deployments', 'status', '--json', env])
      return sharesOf(output)
    },
    migrate: async () => {
      await run(['d1', 'migrations', 'apply', 'DB', '--remote', env])
    },
    upload: async () => {
      const { notes } = await run(['versions', 'upload', '--tag', tag, env])
      return uploadedOf(notes)
    },
    deploy: async (shares, message) => {
      const specs = shares.map(({ version, percent }) => `${version}@${percent}%`)
      // Cloudflare takes a hundred signs.
      const said = message.slice(0, 100)
      await run(['versions', 'deploy', ...specs, '--message', said, '--yes', env])
    },
    triggers: async () => {
      await run(['triggers', 'deploy', env])
    },
  }
}

export function sharesOf(status: string): Share[] {
  const json = status.slice(status.indexOf('{'))
  const { versions } = JSON.parse(json) as {
    versions: { version_id: string; percentage: number }[]
  }
  return versions
    .filter(({ percentage }) => percentage > 0)
    .map(({ version_id: version, percentage: percent }) => ({ version, percent }))
}

/** Of what wrangler notes of itself, one JSON a line. */
export function uploadedOf(notes: string): string {
  const entries = notes
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { type: string; version_id?: string | null })
  const id = entries.findLast(({ type }) => type === 'version-upload')?.version_id
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id))
    throw new Error('wrangler does not say which version it has uploaded')
  return id
}
