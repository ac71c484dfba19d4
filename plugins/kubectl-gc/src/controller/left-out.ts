/** What every city leaves out: where version control and gc keep what is theirs. */
const internal = ['.git', '.gc', '.hg', '.svn', '.gc-files', '.gc-init-done']

/** What nobody means to deploy: databases of this machine, what programs leave behind, and credentials. */
const noise = [
  ...['.beads', '.dolt', 'node_modules', '__pycache__', '.venv', '.DS_Store', 'Thumbs.db'],
  ...['*.pyc', '*.swp', '*~', '.env', '.env.*'],
]

/** Whether a path of the folder stays behind, and whether people need not be told. */
export type LeavesOut = (path: string) => 'silently' | 'told' | undefined

/**
 * What of a city's folder stays behind.
 * @param patterns more of it: a name, or a path from the folder, in which `*` stands for anything but `/`
 */
export function leavesOut(patterns: readonly string[]): LeavesOut {
  const silent = internal.map(matcher)
  const told = [...noise, ...patterns].map(matcher)
  return (path) => {
    if (silent.some((matches) => matches(path))) return 'silently'
    return told.some((matches) => matches(path)) ? 'told' : undefined
  }
}

function matcher(pattern: string): (path: string) => boolean {
  const plain = pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, '')
  const source = plain.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[^/]*')
  const expression = new RegExp(`^${source}$`)
  const isPath = plain.includes('/') || pattern.startsWith('/') || pattern.startsWith('./')
  return (path) => expression.test(isPath ? path : path.slice(path.lastIndexOf('/') + 1))
}
