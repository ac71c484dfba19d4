import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { labFolder } from './folder.ts'
import { quoted } from './shell.ts'
import { contextFile } from './told.ts'

/**
 * Shell lines that put the toolchain, the project's commands and the lab's programs on PATH and point KUBECONFIG at the
 * lab's cluster, whether or not any of it is there yet.
 * @param context the context that the lab is told to use, if any
 * @param root the checkout
 */
export function environment(
  context: string | undefined = undefined,
  root: string = join(import.meta.dirname, '..', '..'),
): string {
  const folder = labFolder()
  const toolchain = join(root, '.toolchain')
  const tools = join(toolchain, 'node_modules', '.bin')
  const paths = [join(toolchain, 'bin'), ...(existsSync(tools) ? [tools] : []), folder.programs]
  const kubeconfig = context === undefined ? folder.kubeconfig : contextFile(folder, context)
  return `export PATH=${paths.map(quoted).join(':')}:"$PATH"\nexport KUBECONFIG=${quoted(kubeconfig)}\n`
}
