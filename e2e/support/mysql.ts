import { parseArgs } from 'node:util'
import { createConnection, type RowDataPacket } from 'mysql2/promise'

/** Stands in for the client of MySQL, which not every machine has: `mysql --host H --port P --user U --execute QUERY`. */
const text = { type: 'string' } as const
const { values } = parseArgs({ options: { host: text, port: text, user: text, execute: text } })
const { host = 'localhost', port = '3306', user = 'root', execute = '' } = values
const connection = await createConnection({ host, port: Number(port), user })
const [rows] = await connection.query<RowDataPacket[]>(execute)
for (const row of rows) console.log(Object.values(row).join('\t'))
await connection.end()
