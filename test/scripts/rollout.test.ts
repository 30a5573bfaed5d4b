import { describe, expect, it } from 'vitest'
import { sharesOf, uploadedOf, deployedBy } from '../../scripts/rollout/deployed.ts'
import { between, readFigures, type Figures, type Stretch } from '../../scripts/rollout/figures.ts'
import { NotNowError, rollOut, type Hands, type Plan } from '../../scripts/rollout/run.ts'
import { judge, LIMITS, newSteps } from '../../scripts/rollout/verdict.ts'

describe('reading figures', () => {
  const TEXT = `# HELP http_requests_total Requests answered, by route template.
# TYPE http_requests_total counter
http_requests_total{method="GET",route="/api/v1/orders/:id",status="200"} 90
http_requests_total{method="GET",route="/api/v1/orders/:id",status="404"} 4
http_requests_total{method="POST",route="/a \\"quoted\\" {route}",status="503"} 6
http_requests_total{method="GET",route="/health/ready",status="503"} 500
http_requests_total{method="GET",route="/metrics",status="200"} 7
http_request_duration_seconds_bucket{method="GET",route="/api/v1/orders/:id",le="0.1"} 80
http_request_duration_seconds_bucket{method="GET",route="/api/v1/orders/:id",le="0.5"} 94
http_request_duration_seconds_bucket{method="GET",route="/api/v1/orders/:id",le="+Inf"} 94
http_request_duration_seconds_bucket{method="POST",route="/b",le="0.1"} 0
http_request_duration_seconds_bucket{method="POST",route="/b",le="0.5"} 6
http_request_duration_seconds_bucket{method="POST",route="/b",le="+Inf"} 6
http_request_duration_seconds_sum{method="POST",route="/b"} 1.5
`

  it('adds up what guests saw, and leaves out who asks whether it is well', () => {
    expect(readFigures(TEXT)).toEqual({
      requests: 100,
      errors: 6,
      within: new Map([
        [0.1, 80],
        [0.5, 100],
        [Infinity, 100],
      ]),
    })
  })

  const figures = (requests: number, errors: number, ...counts: number[]): Figures => ({
    requests,
    errors,
    within: new Map([0.1, 0.5, Infinity].map((bound, at) => [bound, counts[at] ?? requests])),
  })
  it.each([
    ['evenly within a bucket', figures(100, 0, 80, 100, 100), 0.1 + (0.4 * 15) / 20],
    ['beyond the last bound', figures(100, 0, 0, 10, 100), 0.5],
    ['all at once', figures(100, 0, 100, 100, 100), 0.095],
    ['of nothing', figures(0, 0, 0, 0, 0), null],
  ])('takes the p95 %s', (_, to, p95) => {
    const { p95Seconds } = between(figures(0, 0, 0, 0, 0), to)!
    if (p95 === null) expect(p95Seconds).toBeNull()
    else expect(p95Seconds).toBeCloseTo(p95)
  })

  it('looks at what came between, not at what was before', () => {
    expect(between(figures(1_000, 50, 0, 0), figures(1_100, 51, 100, 100))).toEqual({
      requests: 100,
      errors: 1,
      p95Seconds: 0.095,
    })
  })

  it.each([
    ['requests', figures(100, 0), figures(99, 0)],
    ['errors', figures(100, 5), figures(120, 4)],
    ['durations', figures(100, 0, 90, 100), figures(120, 0, 80, 120)],
  ])('says nothing of a stretch in which %s began anew', (_, from, to) => {
    expect(between(from, to)).toBeNull()
  })
})

describe('whether a step may stand', () => {
  const stretch = (requests: number, errors: number, p95Seconds: number | null = 0.1): Stretch => ({
    requests,
    errors,
    p95Seconds,
  })
  const ROWS: [string, number, Stretch, Stretch, 'fine' | 'too-little' | 'back'][] = [
    ['all is well', 0.1, stretch(1_000, 0), stretch(1_000, 0), 'fine'],
    ['as many errors as ever', 0.1, stretch(1_000, 50), stretch(1_000, 50), 'fine'],
    ['fewer errors', 0.5, stretch(1_000, 50), stretch(1_000, 0), 'fine'],
    ['some chance errors more', 0.1, stretch(1_000, 0), stretch(1_000, 4), 'fine'],
    ['every request of a tenth fails', 0.1, stretch(1_000, 0), stretch(1_000, 100), 'back'],
    ['one in ten of a tenth fails', 0.1, stretch(1_000, 0), stretch(1_000, 10), 'back'],
    ['one in a hundred of a half', 0.5, stretch(10_000, 0), stretch(10_000, 50), 'fine'],
    ['three in a hundred of a half', 0.5, stretch(10_000, 0), stretch(10_000, 150), 'back'],
    ['three in a hundred of all', 1, stretch(10_000, 10), stretch(10_000, 310), 'back'],
    ['errors before there is much to judge by', 0.1, stretch(1_000, 0), stretch(20, 6), 'back'],
    ['little came', 0.1, stretch(1_000, 0), stretch(99, 0), 'too-little'],
    ['nothing came', 0.1, stretch(1_000, 0), stretch(0, 0, null), 'too-little'],
    ['nothing had come before', 1, stretch(0, 0, null), stretch(1_000, 0, 3), 'fine'],
    ['a bit slower', 0.1, stretch(1_000, 0, 0.1), stretch(1_000, 0, 0.19), 'fine'],
    ['half as slow again, and more', 0.1, stretch(1_000, 0, 0.4), stretch(1_000, 0, 0.7), 'back'],
    ['fast all the same', 0.1, stretch(1_000, 0, 0.01), stretch(1_000, 0, 0.09), 'fine'],
    ['slow as ever', 0.1, stretch(1_000, 0, 2), stretch(1_000, 0, 2.5), 'fine'],
  ]
  it.each(ROWS)('%s', (_, share, before, during, kind) => {
    expect(judge(share, before, during).kind).toBe(kind)
  })

  it('tells how bad the new version is, not how bad the mixture', () => {
    const verdict = judge(0.1, stretch(1_000, 10), stretch(1_000, 60))
    expect(verdict).toEqual({
      kind: 'back',
      reason: 'about 51.0 % of its requests fail, 1.0 % before',
    })
  })
})

/** A platform of one process: its versions fail and dawdle as they are told to. */
function platform(versions: Record<string, { errors?: number; broken?: string; slow?: boolean }>) {
  const log: string[] = []
  let shares = [{ version: 'old', percent: 100 }]
  let [requests, errors, slow] = [0, 0, 0]
  let unreadable = false
  const note = (line: string): Promise<void> => {
    log.push(line)
    return Promise.resolve()
  }
  const hands: Hands = {
    current: () => Promise.resolve(shares),
    migrate: () => note('migrate'),
    upload: () => note('upload').then(() => 'new'),
    deploy: (given) => {
      shares = [...given]
      return note(given.map(({ version, percent }) => `${version}@${percent}`).join(' '))
    },
    triggers: () => note('triggers'),
    figures: () => {
      if (unreadable) return Promise.reject(new Error('/metrics answers 503'))
      const within = new Map([
        [0.1, requests - slow],
        [5, requests],
        [Infinity, requests],
      ])
      return Promise.resolve({ requests, errors, within })
    },
    look: (version) => {
      const problem = version === null ? undefined : versions[version]?.broken
      return Promise.resolve(problem === undefined ? [] : [problem])
    },
    pause: () => {
      for (const { version, percent } of shares) {
        requests += percent * 10
        errors += percent * 10 * (versions[version]?.errors ?? 0)
        if (versions[version]?.slow) slow += percent * 10
      }
      return Promise.resolve()
    },
    say: () => undefined,
  }
  return { hands, log, loseFigures: () => (unreadable = true) }
}
const PLAN: Plan = {
  steps: [10, 50, 100],
  settleMs: 1,
  watchMs: 4,
  everyMs: 2,
  patienceMs: 12,
  limits: LIMITS,
}

describe('a rollout', () => {
  it('goes up step by step, the new version always named first', async () => {
    const { hands, log } = platform({})
    expect(await rollOut(hands, PLAN)).toEqual({ kind: 'done', version: 'new' })
    expect(log).toEqual([
      'migrate',
      'upload',
      'new@0 old@100',
      'new@10 old@90',
      'new@50 old@50',
      'new@100',
      'triggers',
    ])
  })

  it.each([
    ['fails from its first tenth on', { new: { errors: 1 } }, 'new@10 old@90'],
    ['fails now and then', { new: { errors: 0.05 } }, 'new@10 old@90'],
    ['is slow', { new: { slow: true } }, 'new@10 old@90'],
    ['does not even answer those who ask for it', { new: { broken: 'no' } }, 'new@0 old@100'],
  ])('goes back when the new version %s', async (_, versions, last) => {
    const { hands, log } = platform(versions)
    const { kind } = await rollOut(hands, PLAN)
    expect([kind, ...log.slice(-2)]).toEqual(['back', last, 'old@100'])
    expect(log).not.toContain('triggers')
  })

  it('stands when the old version is as bad', async () => {
    const { hands } = platform({
      old: { errors: 0.3, slow: true },
      new: { errors: 0.3, slow: true },
    })
    expect((await rollOut(hands, PLAN)).kind).toBe('done')
  })

  it('goes back when it can see nothing any more', async () => {
    const { hands, log, loseFigures } = platform({})
    const { pause } = hands
    hands.pause = async (ms) => {
      await pause(ms)
      if (log.includes('new@50 old@50')) loseFigures()
    }
    expect(await rollOut(hands, PLAN)).toMatchObject({ kind: 'back' })
    expect(log.at(-1)).toBe('old@100')
  })

  it('waits for enough to judge by, and at last goes on when nothing speaks against it', async () => {
    const { hands } = platform({})
    let pauses = 0
    const { figures } = hands
    // A night: almost nobody is there.
    hands.figures = async () => ({ ...(await figures()), requests: 0, within: new Map() })
    hands.pause = () => {
      pauses += 1
      return Promise.resolve()
    }
    expect((await rollOut(hands, PLAN)).kind).toBe('done')
    const settled = 4
    expect(pauses).toBe(1 + settled + 3 * (PLAN.patienceMs / PLAN.everyMs))
  })

  it('takes everything back when it is stopped, or a deployment fails half-way', async () => {
    for (const broken of ['pause', 'deploy'] as const) {
      const { hands, log } = platform({})
      const { pause, deploy } = hands
      if (broken === 'pause')
        hands.pause = async (ms) => {
          if (log.includes('new@10 old@90')) throw new Error('stopped')
          await pause(ms)
        }
      else
        hands.deploy = async (shares, message) => {
          if (shares[0]?.percent === 50) throw new Error('stopped')
          await deploy(shares, message)
        }
      await expect(rollOut(hands, PLAN)).rejects.toThrow('stopped')
      expect(log.at(-1)).toBe('old@100')
    }
  })

  it('says how to go back by hand when it cannot', async () => {
    const { hands, log } = platform({ new: { errors: 1 } })
    const { deploy } = hands
    hands.deploy = async (shares, message) => {
      if (log.includes('new@10 old@90')) throw new Error('no answer')
      await deploy(shares, message)
    }
    await expect(rollOut(hands, PLAN)).rejects.toThrow('versions deploy old@100%')
  })

  it.each([
    ['nothing is deployed', []],
    [
      'another is under way',
      [
        { version: 'a', percent: 10 },
        { version: 'b', percent: 90 },
      ],
    ],
  ])('does not begin when %s', async (_, shares) => {
    const { hands, log } = platform({})
    hands.current = () => Promise.resolve(shares)
    await expect(rollOut(hands, PLAN)).rejects.toThrow(NotNowError)
    expect(log).toEqual([])
  })
})

describe('classes of objects', () => {
  it.each([
    [['v1'], ['v1'], []],
    [['v1', 'v2'], ['v1'], ['v2']],
    [['v1'], ['v1', 'v2'], []],
  ])('with %j here and %j released change by %j', (here, released, changed) => {
    const steps = (tags: string[]) => tags.map((tag) => ({ tag }))
    expect(newSteps(steps(here), steps(released))).toEqual(changed)
  })
})

describe('the commands that it gives', () => {
  const asked = async (environment: string) => {
    const calls: string[] = []
    const version_id = '6f6a1c1e-0000-4000-8000-000000000000'
    const notes = JSON.stringify({ type: 'version-upload', version_id })
    const status = '{"versions": [{"version_id": "a", "percentage": 100}]}'
    const hands = deployedBy(
      (args) => {
        calls.push(args.join(' '))
        return Promise.resolve({ output: status, notes })
      },
      environment,
      'v0.2.0',
    )
    await hands.current()
    await hands.migrate()
    await hands.upload()
    const shares = [
      { version: 'b', percent: 10 },
      { version: 'a', percent: 90 },
    ]
    await hands.deploy(shares, 'x'.repeat(200))
    await hands.triggers()
    return calls
  }

  it('name the environment each', async () => {
    expect(await asked('staging')).toEqual([
      'deployments status --json --env=staging',
      'd1 migrations apply DB --remote --env=staging',
      'versions upload --tag v0.2.0 --env=staging',
      `versions deploy b@10% a@90% --message ${'x'.repeat(100)} --yes --env=staging`,
      'triggers deploy --env=staging',
    ])
    for (const call of await asked('')) expect(call).toMatch(/ --env=$/)
  })

  it('are read as they answer', () => {
    const versions = [
      { version_id: 'a', percentage: 90 },
      { version_id: 'b', percentage: 10 },
      { version_id: 'c', percentage: 0 },
    ]
    expect(sharesOf(`a warning\n${JSON.stringify({ versions })}`)).toEqual([
      { version: 'a', percent: 90 },
      { version: 'b', percent: 10 },
    ])
    const id = '6f6a1c1e-0000-4000-8000-000000000000'
    const notes = [{ type: 'wrangler-session' }, { type: 'version-upload', version_id: id }]
    expect(uploadedOf(notes.map((note) => JSON.stringify(note)).join('\n'))).toBe(id)
    expect(() => uploadedOf('{"type":"version-upload","version_id":null}')).toThrow('which version')
  })
})
