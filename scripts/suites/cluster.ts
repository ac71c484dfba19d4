import { join } from 'node:path'
import { buildImage, type Lab, loadImages, up } from '../lab/index.ts'
import { root } from './suite.ts'

/** The image that sessions run, and the one of the tests that has only sh and tmux. */
export const AGENT_IMAGE = 'gc-agent:latest'
const BARE_IMAGE = 'gc-bare:latest'

/** The lab with the agent image in it. */
export async function agentCluster(options: { context?: string; installDocker?: boolean } = {}): Promise<Lab> {
  const lab = await up(options)
  await buildImage(lab, AGENT_IMAGE, join(root, 'packages/agent'))
  await loadImages(lab, [AGENT_IMAGE])
  return lab
}

/** The cluster of the end-to-end tests, and the environment in which they find it and the project's commands. */
export async function testCluster(): Promise<NodeJS.ProcessEnv> {
  const lab = await agentCluster({ installDocker: process.env.CI !== undefined })
  await buildImage(lab, BARE_IMAGE, join(root, 'e2e/images/bare'))
  await loadImages(lab, [BARE_IMAGE])
  return clusterEnvironment(lab)
}

export function clusterEnvironment(lab: Lab): NodeJS.ProcessEnv {
  const path = [join(root, '.toolchain/bin'), lab.programsDir, process.env.PATH ?? '']
  return { KUBECONFIG: lab.kubeconfig, PATH: path.join(':') }
}
