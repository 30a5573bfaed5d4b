import { addBuckets } from '../domain/metrics/histogram.ts'
import { CROWD_LASTS_MS, type Crowd } from '../domain/metrics/crowd.ts'
import { MINUTES_KEPT } from '../domain/metrics/minutes.ts'
import {
  labelsFrom,
  labelsText,
  type Batch,
  type Buckets,
  type CounterSample,
  type GaugeSample,
  type HistogramSample,
  type Labels,
  type Snapshot,
} from '../domain/metrics/samples.ts'

/** Series of one metric; more are counted together, under `other`. */
export const MOST_SERIES = 4_000

// What isolates counted (whole since the beginning), the same by minute, who has a socket open where, and
// who has flushed how often.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS counters (
    name TEXT NOT NULL, labels TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (name, labels)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS histograms (
    name TEXT NOT NULL, labels TEXT NOT NULL, count INTEGER NOT NULL, sum REAL NOT NULL,
    buckets TEXT NOT NULL, PRIMARY KEY (name, labels)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS gauges (
    name TEXT NOT NULL, labels TEXT NOT NULL, value REAL NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (name, labels)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS highest (
    name TEXT NOT NULL, labels TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (name, labels)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS minute_counters (
    minute INTEGER NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (minute, name, labels)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS minute_histograms (
    minute INTEGER NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, count INTEGER NOT NULL,
    sum REAL NOT NULL, buckets TEXT NOT NULL,
    PRIMARY KEY (minute, name, labels)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS crowds (
    key TEXT PRIMARY KEY, staff INTEGER NOT NULL, guests INTEGER NOT NULL, at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS isolates (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`

type Row = Record<string, SqlStorageValue>
interface CounterRow extends Row {
  name: string
  labels: string
  value: number
}
interface HistogramRow extends Row {
  name: string
  labels: string
  count: number
  sum: number
  buckets: string
}

const counterOf = ({ name, labels, value }: CounterRow): CounterSample => ({
  ...{ name, value },
  labels: labelsFrom(labels),
})

const histogramOf = ({ name, labels, count, sum, buckets }: HistogramRow): HistogramSample => ({
  ...{ name, count, sum },
  labels: labelsFrom(labels),
  buckets: JSON.parse(buckets) as Buckets,
})

const together = (labels: Labels): Labels =>
  Object.fromEntries(Object.keys(labels).map((label) => [label, 'other']))

const addedTo = (text: string | undefined, { buckets }: HistogramSample): string =>
  JSON.stringify(text === undefined ? buckets : addBuckets(JSON.parse(text) as Buckets, buckets))

/** The only SQL of the metrics' object. All of it is called within a transaction of the object's. */
export function createMetricsStore(sql: SqlStorage) {
  sql.exec(SCHEMA)
  return { ...totalsIn(sql), ...minutesIn(sql), ...crowdsIn(sql), ...flushesIn(sql) }
}

export type MetricsStore = ReturnType<typeof createMetricsStore>

/** The labels that a sample counts under: its own while there is room for it. */
function roomIn(sql: SqlStorage) {
  const series = new Map<string, number>()
  return (table: 'counters' | 'histograms' | 'gauges', name: string, labels: Labels): string => {
    const own = labelsText(labels)
    const known = sql.exec(`SELECT 1 FROM ${table} WHERE name = ? AND labels = ?`, name, own)
    if (known.toArray().length > 0) return own
    const kept =
      series.get(name) ??
      sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE name = ?`, name).one().n
    if (kept >= MOST_SERIES) return labelsText(together(labels))
    series.set(name, kept + 1)
    return own
  }
}

/** What was counted since the beginning. */
function totalsIn(sql: SqlStorage) {
  const roomFor = roomIn(sql)
  return {
    addCounter({ name, labels, value }: CounterSample): void {
      sql.exec(
        `INSERT INTO counters (name, labels, value) VALUES (?, ?, ?)
          ON CONFLICT (name, labels) DO UPDATE SET value = value + excluded.value`,
        ...[name, roomFor('counters', name, labels), value],
      )
    },

    addHistogram(sample: HistogramSample): void {
      const { name, count, sum } = sample
      const labels = roomFor('histograms', name, sample.labels)
      const [present] = sql
        .exec<{ buckets: string }>(
          'SELECT buckets FROM histograms WHERE name = ? AND labels = ?',
          ...[name, labels],
        )
        .toArray()
      sql.exec(
        `INSERT INTO histograms (name, labels, count, sum, buckets) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (name, labels) DO UPDATE SET count = count + excluded.count,
            sum = sum + excluded.sum, buckets = excluded.buckets`,
        ...[name, labels, count, sum, addedTo(present?.buckets, sample)],
      )
    },

    setGauge({ name, labels, value }: GaugeSample, at: number): void {
      sql.exec(
        `INSERT INTO gauges (name, labels, value, at) VALUES (?, ?, ?, ?)
          ON CONFLICT (name, labels) DO UPDATE SET value = excluded.value, at = excluded.at
          WHERE excluded.at >= at`,
        ...[name, roomFor('gauges', name, labels), value, at],
      )
    },

    /** The highest that was ever told of it, now included. */
    raise({ name, labels, value }: CounterSample): number {
      const text = labelsText(labels)
      sql.exec(
        `INSERT INTO highest (name, labels, value) VALUES (?, ?, ?)
          ON CONFLICT (name, labels) DO UPDATE SET value = excluded.value
          WHERE excluded.value > value`,
        ...[name, text, value],
      )
      return sql
        .exec<{ value: number }>(
          'SELECT value FROM highest WHERE name = ? AND labels = ?',
          ...[name, text],
        )
        .one().value
    },

    read(): Snapshot {
      return {
        counters: sql.exec<CounterRow>('SELECT * FROM counters').toArray().map(counterOf),
        histograms: sql.exec<HistogramRow>('SELECT * FROM histograms').toArray().map(histogramOf),
        gauges: sql
          .exec<CounterRow & { at: number }>('SELECT * FROM gauges')
          .toArray()
          .map((row) => ({ ...counterOf(row), at: row.at })),
      }
    },
  }
}

/** The same by minute, for a day. */
function minutesIn(sql: SqlStorage) {
  return {
    addMinuteCounter(minute: number, { name, labels, value }: CounterSample): void {
      sql.exec(
        `INSERT INTO minute_counters (minute, name, labels, value) VALUES (?, ?, ?, ?)
          ON CONFLICT (minute, name, labels) DO UPDATE SET value = value + excluded.value`,
        ...[minute, name, labelsText(labels), value],
      )
    },

    addMinuteHistogram(minute: number, sample: HistogramSample): void {
      const { name, count, sum } = sample
      const labels = labelsText(sample.labels)
      const [present] = sql
        .exec<{ buckets: string }>(
          'SELECT buckets FROM minute_histograms WHERE minute = ? AND name = ? AND labels = ?',
          ...[minute, name, labels],
        )
        .toArray()
      sql.exec(
        `INSERT INTO minute_histograms (minute, name, labels, count, sum, buckets)
          VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (minute, name, labels) DO UPDATE SET count = count + excluded.count,
            sum = sum + excluded.sum, buckets = excluded.buckets`,
        ...[minute, name, labels, count, sum, addedTo(present?.buckets, sample)],
      )
    },

    /** What was counted in those minutes, both ends included. */
    between(minute: number, last: number): Pick<Snapshot, 'counters' | 'histograms'> {
      const counters = sql
        .exec<CounterRow>(
          `SELECT name, labels, sum(value) AS value FROM minute_counters
            WHERE minute BETWEEN ? AND ? GROUP BY name, labels`,
          ...[minute, last],
        )
        .toArray()
      const histograms = sql.exec<HistogramRow>(
        `SELECT name, labels, count, sum, buckets FROM minute_histograms
          WHERE minute BETWEEN ? AND ?`,
        ...[minute, last],
      )
      return { counters: counters.map(counterOf), histograms: summed(histograms) }
    },
  }
}

function summed(rows: Iterable<HistogramRow>): HistogramSample[] {
  const sums = new Map<string, HistogramSample>()
  for (const row of rows) {
    const one = histogramOf(row)
    const key = row.name + row.labels
    const before = sums.get(key)
    sums.set(key, {
      ...one,
      count: one.count + (before?.count ?? 0),
      sum: one.sum + (before?.sum ?? 0),
      buckets: addBuckets(before?.buckets ?? {}, one.buckets),
    })
  }
  return [...sums.values()]
}

/** Open sockets by restaurant, as last told. */
function crowdsIn(sql: SqlStorage) {
  return {
    setCrowd({ key, staff, guests, at }: Crowd): void {
      sql.exec(
        `INSERT INTO crowds (key, staff, guests, at) VALUES (?, ?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET staff = excluded.staff, guests = excluded.guests,
            at = excluded.at WHERE excluded.at >= at`,
        ...[key, staff, guests, at],
      )
    },

    crowdGauges(now: number): GaugeSample[] {
      const sums = sql
        .exec<{ staff: number; guests: number; restaurants: number }>(
          `SELECT coalesce(sum(staff), 0) AS staff, coalesce(sum(guests), 0) AS guests,
            coalesce(sum(staff > 0), 0) AS restaurants FROM crowds WHERE at > ?`,
          now - CROWD_LASTS_MS,
        )
        .one()
      return [
        { name: 'sockets_open', labels: { of: 'staff' }, value: sums.staff },
        { name: 'sockets_open', labels: { of: 'guests' }, value: sums.guests },
        { name: 'restaurants_listening', labels: {}, value: sums.restaurants },
      ]
    },
  }
}

/** Who has flushed how often, and what is forgotten. */
function flushesIn(sql: SqlStorage) {
  return {
    /** Whether the flush was not counted yet; notes that it is now. */
    isNew({ isolate, number, at }: Batch): boolean {
      const written = sql.exec(
        `INSERT INTO isolates (id, number, at) VALUES (?1, ?2, ?3)
          ON CONFLICT (id) DO UPDATE SET number = ?2, at = ?3 WHERE number < ?2`,
        ...[isolate, number, at],
      )
      return written.rowsWritten > 0
    },

    /** Forgets minutes that no window reaches, and isolates and gauges that are gone. */
    sweep(minute: number, before: number): void {
      sql.exec('DELETE FROM minute_counters WHERE minute < ?', minute - MINUTES_KEPT)
      sql.exec('DELETE FROM minute_histograms WHERE minute < ?', minute - MINUTES_KEPT)
      sql.exec('DELETE FROM isolates WHERE at < ?', before)
      sql.exec('DELETE FROM crowds WHERE at < ?', before)
      sql.exec('DELETE FROM gauges WHERE at < ?', before)
    },
  }
}
