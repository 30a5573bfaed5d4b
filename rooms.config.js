// Imports run downward only (README, "The rooms"). A room sees itself, what stands beside its name,
// and nothing else of src/. Port files hold types alone.
const PORTS = [
  'db/repositories/[a-z-]*ports\\.ts$',
  'restaurant/restaurant-port\\.ts$',
  'metrics/metrics-port\\.ts$',
  'providers/[a-z-]+-port\\.ts$',
  'queues/messages\\.ts$',
]
const ROOMS = {
  domain: [],
  usecases: ['domain/', 'runtime\\.ts$', ...PORTS],
  http: ['domain/', 'usecases/', 'runtime\\.ts$'],
  queues: ['domain/', 'usecases/', 'runtime\\.ts$'],
  cron: ['domain/', 'usecases/', 'runtime\\.ts$'],
  db: ['domain/'],
  restaurant: ['domain/', 'runtime\\.ts$', 'queues/messages\\.ts$'],
  providers: ['domain/', 'runtime\\.ts$'],
  metrics: ['domain/', 'runtime\\.ts$'],
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ROOMS).map(([room, sees]) => ({
      name: `${room}-sees-only-what-it-may`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: [room + '/', ...sees].map((path) => `^src/${path}`) },
    })),
    {
      name: 'the-sandbox-stays-outside',
      comment: 'The production bundle holds nothing of it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|bench|scripts|web)/' },
    },
    {
      name: 'pages-know-the-types-of-routes-alone',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/http/web-api\\.ts$' },
    },
    {
      name: 'pages-run-nothing-of-the-server',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
}
