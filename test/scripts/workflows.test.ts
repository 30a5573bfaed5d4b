import { describe, expect, it } from 'vitest'
import check from '../../.github/workflows/check.yml?raw'
import deploy from '../../.github/workflows/deploy.yml?raw'
import manifest from '../../package.json?raw'

const WORKFLOWS: [string, string][] = [
  ['check', check],
  ['deploy', deploy],
]
const allOf = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, found = '']) => found)

/** What is run, line by line, from `run:` to the next key at its level. */
const commandsOf = (text: string): string[] => {
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const [, indent = '', first = ''] = /^( *)(?:- )?run: ?(.*)$/.exec(line) ?? []
    if (!/\brun:/.test(line)) return []
    const rest = lines.slice(at + 1)
    const end = rest.findIndex((next) => next.trim() !== '' && !next.startsWith(`${indent}  `))
    return [first, ...rest.slice(0, end === -1 ? rest.length : end)]
  })
}

describe.each(WORKFLOWS)('the pipeline "%s"', (_, text) => {
  it('may read the repository and nothing else', () => {
    expect(allOf(text, /^permissions:\n((?: {2}.*\n)+)/gm)).toEqual(['  contents: read\n'])
    expect(allOf(text, /^ +(permissions):/gm)).toEqual([])
    expect(text).not.toContain('pull_request_target')
    expect(allOf(text, /(actions\/checkout)@/g)).toHaveLength(
      allOf(text, /(persist-credentials: false)/g).length,
    )
  })

  it('uses actions by their major version, or our own', () => {
    const used = allOf(text, /uses: (\S+)/g)
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) expect(action).toMatch(/^(?:actions\/[\w-]+@v\d+|\.\/\.github\/.+)$/)
  })

  it('runs scripts that exist', () => {
    const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> }
    for (const name of allOf(text, /npm run (?:-s )?([\w:-]+)/g))
      expect(scripts).toHaveProperty(name)
  })

  it('puts nothing that somebody else may have written into a command, and no secret', () => {
    const commands = commandsOf(text)
    expect(commands.length).toBeGreaterThan(0)
    for (const command of commands) {
      expect(command).not.toContain('${{')
      expect(command).not.toMatch(/\becho\b|\bprintenv\b|\bset -x\b|TOKEN/)
    }
  })
})

describe('a deployment', () => {
  const jobs = Object.fromEntries(
    deploy
      .slice(deploy.indexOf('\njobs:'))
      .split(/^ {2}(?=\w+:$)/m)
      .slice(1)
      .map((job) => [/^\w+/.exec(job)?.[0] ?? '', job]),
  )

  it('is checked, goes to staging, and then, where somebody says yes, to production', () => {
    expect(Object.keys(jobs)).toEqual(['check', 'staging', 'production'])
    expect(jobs['staging']).toContain('needs: check')
    expect(jobs['production']).toContain('needs: staging')
    for (const name of ['staging', 'production'])
      expect(jobs[name]).toContain(`environment: ${name}\n`)
    expect(deploy).toMatch(/concurrency:\n {2}group: deploy\n {2}cancel-in-progress: false/)
  })

  it('has secrets only in the jobs of an environment', () => {
    for (const [name, job] of Object.entries(jobs))
      expect([name, job.includes('secrets.')]).toEqual([name, name !== 'check'])
    expect(check).not.toContain('secrets.')
  })

  it('takes each environment for itself', () => {
    expect(jobs['staging']).not.toMatch(/--env[= ](?:production|$)|npm run deploy$/m)
    expect(jobs['production']).not.toContain('staging --')
    expect(jobs['production']).not.toContain('deploy:staging')
    // Nobody's kitchen rings for a test.
    expect(jobs['production']).not.toContain('--order')
  })

  it('migrates before it deploys', () => {
    for (const name of ['staging', 'production']) {
      const job = jobs[name] ?? ''
      expect(job.indexOf('npm run migrate')).toBeGreaterThan(0)
      expect(job.indexOf('npm run migrate')).toBeLessThan(job.search(/npm run deploy/))
    }
  })
})
