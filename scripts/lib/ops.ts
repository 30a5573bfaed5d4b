import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './place.ts'

export const RULES_FILE = join(ROOT, 'ops', 'prometheus', 'rules.yml')
export const RULES_TEST_FILE = join(ROOT, 'ops', 'prometheus', 'rules.test.yml')
export const CONFIG_FILE = join(ROOT, 'ops', 'prometheus', 'prometheus.yml')
export const DASHBOARD_FILE = join(ROOT, 'ops', 'grafana', 'ordersync.json')

interface Dashboard {
  panels: { title: string; type: string; targets?: { expr: string }[] }[]
}

export interface Panel {
  title: string
  expressions: string[]
}

/** The dashboard's panels with what each asks Prometheus. */
export async function dashboardPanels(): Promise<Panel[]> {
  const { panels } = JSON.parse(await readFile(DASHBOARD_FILE, 'utf8')) as Dashboard
  return panels
    .filter(({ type }) => type !== 'row')
    .map(({ title, targets = [] }) => ({ title, expressions: targets.map(({ expr }) => expr) }))
}

/** A panel's variables as Grafana would fill them in. */
export const filledIn = (expression: string): string =>
  expression.replaceAll('$__rate_interval', '5m')

/** The dashboard's expressions as rules, for who reads rules alone. */
export const asRules = (panels: readonly Panel[]): string =>
  [
    'groups:',
    '  - name: dashboard',
    '    rules:',
    ...panels
      .flatMap(({ expressions }) => expressions)
      .flatMap((expression, n) => [
        `      - record: dashboard:expression:${n}`,
        `        expr: ${JSON.stringify(filledIn(expression))}`,
      ]),
    '',
  ].join('\n')
