import type { Shell } from './shell.ts'

/**
 * The lab's daemon shares the host's network with any docker of the user, and leaves that one's bridge and firewall
 * chains alone: it gets bridges with names of its own and runs with --iptables=false, because a docker daemon
 * flushes the chains of its like when it starts, and deletes docker0 when told to have no bridge.
 */
export interface Bridges {
  /** The daemon's default bridge; nothing is ever attached to it. */
  idle: string
  /** The bridge of the network `kind`, where the node is. */
  node: string
}

/** Names of at most 15 characters, as the kernel demands. */
export function bridgesOf(id: string): Bridges {
  return { idle: `gclab-${id}`, node: `gcnode-${id}` }
}

/** Makes the bridge that the daemon is started with. */
export async function ensureIdleBridge(shell: Shell, { idle }: Bridges): Promise<void> {
  if (!(await shell.succeeds('ip', ['link', 'show', idle]))) {
    await shell.run('ip', ['link', 'add', idle, 'type', 'bridge'])
  }
}

/** Makes the docker network that kind joins, and lets what is on it reach the outside. */
export async function ensureNodeNetwork(docker: Shell, { node }: Bridges): Promise<void> {
  const format = '{{(index .IPAM.Config 0).Subnet}}'
  const inspect = () => docker.run('docker', ['network', 'inspect', 'kind', '--format', format])
  const subnet = await inspect().catch(async () => {
    await docker.run('docker', ['network', 'create', '-o', `com.docker.network.bridge.name=${node}`, 'kind'])
    return inspect()
  })
  for (const rule of rules(node, subnet.trim())) {
    if (!(await docker.succeeds('iptables', ['-w', '-t', rule.table, '-C', rule.chain, ...rule.match]))) {
      await docker.run('iptables', ['-w', '-t', rule.table, '-I', rule.chain, ...rule.match])
    }
  }
}

/** Removes the rules and bridges; those that are not there are no failure. */
export async function removeNetwork(shell: Shell, { idle, node }: Bridges): Promise<void> {
  for (const table of ['nat', 'filter']) {
    const saved = await shell.run('iptables-save', ['-t', table]).catch(() => '')
    for (const rule of saved.split('\n').filter((line) => line.startsWith('-A') && line.includes(node))) {
      await shell.succeeds('iptables', ['-w', '-t', table, '-D', ...rule.split(' ').slice(1)])
    }
  }
  for (const bridge of [idle, node]) await shell.succeeds('ip', ['link', 'delete', bridge])
}

function rules(bridge: string, subnet: string) {
  return [
    { table: 'nat', chain: 'POSTROUTING', match: ['-s', subnet, '!', '-o', bridge, '-j', 'MASQUERADE'] },
    { table: 'filter', chain: 'FORWARD', match: ['-i', bridge, '-j', 'ACCEPT'] },
    { table: 'filter', chain: 'FORWARD', match: ['-o', bridge, '-j', 'ACCEPT'] },
  ]
}
