import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { chartOf, gitlabCopilotAgentBundle } from '@kubectl-gc/manifests'
import { program, written } from './rendering.ts'
import { succeed } from './run.ts'

const document = new URL('../../packages/manifests/test/seeds/2-gitlab-copilot-agent-deployment.md', import.meta.url)

/** The command of the document that begins so, with a namespace of ours. */
export async function line(begins: string, namespace: string): Promise<string> {
  const lines = (await readFile(document, 'utf8')).replaceAll('\\\n', ' ').split('\n')
  const found = lines.find((one) => one.startsWith('helm ') && one.replace(/\s+/g, ' ').includes(begins))
  if (found === undefined) throw new Error(`the document has no ${begins}`)
  return found.replace('-n default', `-n ${namespace}`)
}

/** Runs commands where the document has its chart. */
export async function documentedShell() {
  const chart = Object.entries(chartOf(gitlabCopilotAgentBundle)).map(([path, text]) => [
    `helm/gitlab-copilot-agent/${path}`,
    text,
  ])
  const files = await written(Object.fromEntries(chart))
  const folder = dirname(await program('helm'))
  const sh = (command: string) =>
    succeed('sh', ['-c', command], { env: { PATH: `${folder}:${process.env.PATH}`, PWD: files.path } })
  return {
    run: (command: string) => sh(`cd ${files.path} && ${command}`),
    [Symbol.asyncDispose]: files[Symbol.asyncDispose],
  }
}
