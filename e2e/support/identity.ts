import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { succeed } from './run.ts'

interface Rule {
  apiGroups: string[]
  resources: string[]
  verbs: string[]
}

interface RbacObject {
  kind: string
  metadata: { name: string }
  rules?: Rule[]
}

/** The rules of a rendered Role. */
export async function renderedRules(role: string): Promise<Rule[]> {
  const path = new URL('../../manifests/sessions/rbac.yaml', import.meta.url).pathname
  const rendered = await succeed('kubectl', ['create', '--dry-run=client', '-o', 'json', '-f', path])
  const items: RbacObject[] = JSON.parse(`[${rendered.replaceAll(/^}\n{/gm, '},{')}]`) // kubectl puts no commas
  const found = items.find(({ kind, metadata }) => kind === 'Role' && metadata.name === role)
  if (found?.rules === undefined) throw new Error(`there is no Role ${role} in ${path}`)
  return found.rules
}

/** What can be taken away from rules: a verb on a resource, and of `pods/exec` both verbs at once. */
export interface Permission {
  title: string
  resource: string
  verbs: string[]
}

export function permissionsIn(rules: Rule[]): Permission[] {
  return rules.flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) =>
      resource === 'pods/exec'
        ? [{ title: 'get and create pods/exec', resource, verbs }]
        : verbs.map((verb) => ({ title: `${verb} ${resource}`, resource, verbs: [verb] })),
    ),
  )
}

export function without(rules: Rule[], { resource, verbs }: Permission): Rule[] {
  return rules.flatMap((rule) => {
    if (!rule.resources.includes(resource)) return [rule]
    const left = rule.verbs.filter((verb) => !verbs.includes(verb))
    return left.length === 0 ? [] : [{ ...rule, verbs: left }]
  })
}

/** Service accounts with these rules, each by the kubeconfig that is it. */
export async function identities(
  namespace: string,
  folder: string,
  rules: Record<string, Rule[]>,
): Promise<Record<string, string>> {
  const items = Object.entries(rules).flatMap(([name, own]) => [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name, namespace }, rules: own },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ])
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
  await succeed('kubectl', ['apply', '-f', '-'], { stdin: list })
  const config = JSON.parse(await succeed('kubectl', ['config', 'view', '--raw', '--minify', '-o', 'json']))
  const paths: Record<string, string> = {}
  for (const name of Object.keys(rules)) {
    const token = (await succeed('kubectl', ['-n', namespace, 'create', 'token', name])).trim()
    const [{ name: user }] = config.users
    paths[name] = join(folder, name)
    await writeFile(paths[name], JSON.stringify({ ...config, users: [{ name: user, user: { token } }] }), {
      mode: 0o600,
    })
  }
  return paths
}
