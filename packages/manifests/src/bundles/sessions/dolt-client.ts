/** Port of the Dolt server, in its pod and at its service. */
export const DOLT_PORT = 3307

/** Dolt's own client as `root`, as a command line in the container of the server; a subcommand such as `sql` follows. */
export const doltClient: readonly string[] = [
  'dolt',
  '--host',
  '127.0.0.1',
  '--port',
  String(DOLT_PORT),
  '--user',
  'root',
  '--password',
  '',
  '--no-tls',
]
