import { InvalidArgument } from '../errors.ts'
import type { StartConfig } from '../provider.ts'
import type { PodPaths } from '../starting/pod-paths.ts'

/** What the cluster offers to agents. */
export interface Services {
  doltHost: string
  doltPort: string
  mailHost: string
  mailPort: string
}

/** They tell the starting side what to use there. */
const CONTROLLER_ONLY = new Set([
  'BEADS_DOLT_SERVER_HOST',
  'BEADS_DOLT_SERVER_PORT',
  'CLAUDE_CONFIG_DIR',
  'GC_BEADS',
  'GC_DOLT_HOST',
  'GC_DOLT_PORT',
  'GC_EVENTS',
  'GC_K8S_DOLT_HOST',
  'GC_K8S_DOLT_PORT',
  'GC_MAIL',
  'GC_MCP_MAIL_PROJECT',
  'GC_MCP_MAIL_URL',
  'GC_SESSION',
])

/** They hold one path of the starting side. */
const PATHS = new Set([
  'BEADS_DIR',
  'GC_CITY_PATH',
  'GC_CITY_ROOT',
  'GC_CITY_RUNTIME_DIR',
  'GC_CONTROL_DISPATCHER_TRACE_DEFAULT',
  'GC_PACK_DIR',
  'GC_PACK_STATE_DIR',
  'GC_RIG_ROOT',
  'GC_STORE_ROOT',
  'GT_ROOT',
])

/** Bytes of `NAME=VALUE` and its end that Linux can hand to a program (MAX_ARG_STRLEN). */
const LONGEST = 128 * 1024

const LOOPBACK = new Set(['', '127.0.0.1', 'localhost', '0.0.0.0', '::1', '::'])

/**
 * The environment of a session's pod: what the session's says, in the pod's terms.
 * @throws {InvalidArgument} a variable cannot be set, or Dolt's host comes without its port
 */
export function podEnvironment(config: StartConfig, paths: PodPaths, services: Services): Record<string, string> {
  const given = config.env ?? {}
  const kept = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined || CONTROLLER_ONLY.has(name)) return []
    return [[name, PATHS.has(name) ? paths.ofPath(value) : value] as const]
  })
  const env = {
    ...Object.fromEntries(kept),
    ...doltEnvironment(given, services),
    GC_CITY: paths.root,
    GC_DIR: paths.workDir,
    GC_MAIL: 'exec:gc-mail-mcp-agent-mail',
    GC_MCP_MAIL_PROJECT: given.GC_CITY || paths.root,
    GC_MCP_MAIL_URL: `http://${services.mailHost}:${services.mailPort}`,
    GC_TMUX_SESSION: 'main',
  }
  for (const [name, value] of Object.entries(env)) assertVariable(name, value)
  return env
}

/** Which Dolt agents use: the given one, or the cluster's for one that only the starting side can reach. */
function doltEnvironment(env: NonNullable<StartConfig['env']>, services: Services): Record<string, string> {
  const { GC_DOLT_HOST: host = '', GC_DOLT_PORT: port = '' } = env
  if (host !== '' && port === '') {
    throw new InvalidArgument('start: session payload requires GC_DOLT_PORT when GC_DOLT_HOST is set')
  }
  if (port === '' && Object.hasOwn(env, 'GC_DOLT_HOST')) return {}
  const managed = LOOPBACK.has(host)
  const address = managed ? services.doltHost : host
  const number = managed ? services.doltPort : port
  return {
    BEADS_DOLT_SERVER_HOST: address,
    BEADS_DOLT_SERVER_PORT: number,
    GC_DOLT_HOST: address,
    GC_DOLT_PORT: number,
  }
}

function assertVariable(name: string, value: string): void {
  if (name === '' || /[=\0]/.test(name)) {
    throw new InvalidArgument(`${JSON.stringify(name)} is not the name of an environment variable`)
  }
  if (value.includes('\0')) throw new InvalidArgument(`the variable ${name} holds a NUL byte`)
  const bytes = Buffer.byteLength(name) + Buffer.byteLength(value) + 2
  if (bytes > LONGEST) {
    throw new InvalidArgument(`the variable ${name} has ${bytes} bytes, and Linux allows ${LONGEST}`, {
      suggestion: 'put the value into a file, and the file into copy_files',
    })
  }
}
