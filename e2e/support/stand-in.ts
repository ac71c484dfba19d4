/** An image that every test cluster has or fetches, with perl and a shell. */
export const STAND_IN = { repository: 'debian', tag: 'bookworm-slim' }

const body = '{\\"status\\":\\"ok\\"}'
const head = 'HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nConnection: close\\r\\n\\r\\n'

/** A small HTTP server that answers everything with `{"status":"ok"}`, in place of an application that is not here; arguments that follow are its own. */
export function httpServer(port: number): string[] {
  const program = [
    `$SIG{TERM} = sub { exit };`,
    `$server = IO::Socket::INET->new(LocalPort => ${port}, Listen => 16, ReuseAddr => 1) or die $!;`,
    `while ($client = $server->accept) {`,
    `  while (<$client>) { last if /^\\r?\\n$/ }`,
    `  print $client "${head}${body}"; close $client`,
    `}`,
  ]
  return ['perl', '-MIO::Socket::INET', '-e', program.join(' '), '--']
}

/** A patch that gives the first container of a Deployment that program. */
export function standInPatch(port: number): string {
  return JSON.stringify([{ op: 'add', path: '/spec/template/spec/containers/0/command', value: httpServer(port) }])
}
