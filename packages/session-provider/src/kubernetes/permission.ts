const REFUSAL = /User "([^"]+)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)" in the namespace "([^"]+)"/

/** An exec over a websocket is a `get` for some API servers and a `create` for others. */
const EXEC = 'pods/exec'

/**
 * The command with which an administrator grants what the API server has refused; undefined when no grant was missing,
 * such as where a quota or a Pod Security Standard refuses.
 * @param message the API server's words
 */
export function grantCommand(message: string): string | undefined {
  const [, user, verb, resource, group, namespace] = REFUSAL.exec(message) ?? []
  if (user === undefined || verb === undefined || resource === undefined) return undefined
  const verbs = resource === EXEC ? 'get,create' : verb
  const [plural, subresource] = resource.split('/')
  const whole = [group ? `${plural}.${group}` : plural, subresource].filter(Boolean).join('/')
  const name = `gc-${verbs.replace(',', '-')}-${resource.replace('/', '-')}`
  const account = /^system:serviceaccount:([^:]+:[^:]+)$/.exec(user)?.[1]
  const subject = account === undefined ? `--user=${quoted(user)}` : `--serviceaccount=${account}`
  const kubectl = `kubectl -n ${namespace} create`
  return `${kubectl} role ${name} --verb=${verbs} --resource=${whole} && ${kubectl} rolebinding ${name} --role=${name} ${subject}`
}

function quoted(word: string): string {
  return /^[\w@.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
