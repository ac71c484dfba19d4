import { type Client, isApiError, resource } from '@kubectl-gc/kube'
import { type Check, failed, ok, type Subject } from '../check.ts'

/** What the session verbs do. An exec over a websocket is a `get` for some API servers and a `create` for others. */
const needed: Record<string, string[]> = {
  pods: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
  'pods/exec': ['get', 'create'],
  'pods/log': ['get'],
  events: ['list'],
}

const roles = resource('rbac.authorization.k8s.io', 'v1', 'roles')
/** The Role that an installation makes for those who run sessions. */
const role = 'gc-controller'

/** Whether this user may do what sessions take. */
export const permissions: Check = {
  name: 'permissions',
  async look(subject) {
    const asked = Object.entries(needed).flatMap(([what, verbs]) => verbs.map((verb) => [what, verb] as const))
    const answers = await Promise.all(asked.map(([what, verb]) => isAllowed(subject, what, verb)))
    const missing = asked.filter((_, index) => !answers[index]).map(([what, verb]) => `${verb} ${what}`)
    const user = await whoami(subject)
    const where = `in namespace ${subject.cluster.namespace}`
    if (missing.length === 0) return ok(`${user} may run sessions ${where}`)
    return failed(`${user} may not ${missing.join(', ')} ${where}`, await grant(subject, user))
  },
}

async function isAllowed({ cluster, signal }: Subject, what: string, verb: string): Promise<boolean> {
  const [plural = what, subresource] = what.split('/')
  const resourceAttributes = { namespace: cluster.namespace, verb, resource: plural, subresource }
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } }
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
  const review = (await cluster.client.raw('POST', path, { signal, body })) as { status?: { allowed?: boolean } }
  return review.status?.allowed === true
}

async function whoami({ cluster, signal }: Subject): Promise<string> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
  const review = (await cluster.client.raw('POST', path, { signal, body })) as {
    status?: { userInfo?: { username?: string } }
  }
  return review.status?.userInfo?.username ?? 'this user'
}

/** What somebody with the right to do so types. */
async function grant({ cluster: { client, namespace }, signal }: Subject, user: string): Promise<string> {
  const account = /^system:serviceaccount:([^:]+:[^:]+)$/.exec(user)?.[1]
  const subject =
    account === undefined ? `--user='${user.replaceAll("'", String.raw`'\''`)}'` : `--serviceaccount=${account}`
  const name = `gc-sessions-${user
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`.slice(0, 63)
  const bind = `kubectl --namespace ${namespace} create rolebinding ${name} --role=${role} ${subject}`
  const install = (await lacksRole(client, namespace, signal)) ? `kubectl gc install --namespace ${namespace} && ` : ''
  return `let an administrator run: ${install}${bind}`
}

async function lacksRole(client: Client, namespace: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.get(roles, { name: role, namespace }, { signal })
    return false
  } catch (error) {
    return isApiError(error, 'NotFound')
  }
}
