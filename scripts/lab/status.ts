import { daemonAnswers } from './daemon.ts'
import { labFolder } from './folder.ts'
import { labShell } from './lab.ts'
import { apiReady } from './ready.ts'
import { Shell } from './shell.ts'
import { readState } from './state.ts'
import { contextFile } from './told.ts'

/**
 * Prints what there is of the lab.
 * @returns whether its cluster answers
 */
export async function status(context?: string): Promise<boolean> {
  const folder = labFolder()
  const mode = context === undefined ? await readState(folder) : 'context'
  const kubeconfig = context === undefined ? folder.kubeconfig : contextFile(folder, context)
  const ready = mode !== undefined && (await apiReady(labShell(new Shell(), folder, mode), kubeconfig))
  console.log(`folder      ${folder.root}`)
  console.log(`kubeconfig  ${kubeconfig}`)
  console.log(`mode        ${mode ?? 'no cluster was made'}`)
  if (mode === 'built') console.log(`daemon      ${(await daemonAnswers(folder)) ? 'answers' : 'does not answer'}`)
  console.log(`API server  ${ready ? 'ready' : 'does not answer'}`)
  return ready
}
