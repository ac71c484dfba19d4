import { type Dolt, query } from './run.ts'

const ofTheServer = new Set(['information_schema', 'mysql', 'performance_schema', 'sys', 'dolt_cluster'])

/** The databases of people, without those of the server itself. */
export async function databasesOf(dolt: Dolt): Promise<string[]> {
  const rows = await query<{ Database: string }>(dolt, 'SHOW DATABASES')
  return rows.map(({ Database }) => Database).filter((name) => !ofTheServer.has(name))
}

/** Whether there is anything in a database: a table, a branch beside the first one, or a commit after its first. */
export async function holdsData(dolt: Dolt, database: string): Promise<boolean> {
  const things = `SELECT
    (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()) +
    (SELECT COUNT(*) FROM dolt_branches) - 1 + (SELECT COUNT(*) FROM dolt_log) - 1 AS things`
  const [row] = await query<{ things: number | string }>(dolt, things, database)
  return Number(row?.things) !== 0
}
