import { isSessionError, kubernetesSessionProvider, localSessionProvider } from '@kubectl-gc/session-provider'
import { ask } from './ask.ts'

// tmux on this machine, or with --kubernetes the cluster that kubectl talks to (set GC_K8S_IMAGE to the agent's image).
await using provider = process.argv.includes('--kubernetes')
  ? await kubernetesSessionProvider()
  : localSessionProvider()

// In place of an agent: a loop that answers every line.
const command = 'while read -r line; do echo "You said: $line"; done'
const signal = AbortSignal.timeout(60_000)

try {
  await using session = await provider.start('parrot', { command, env: { GC_ALIAS: 'parrot' } }, { signal })
  console.log(await ask(provider, session.name, 'hello', /^You said: .*$/m, signal))
  await provider.setMeta(session.name, 'LAST_QUESTION', 'hello')
  for (const { name, phase, agent, meta } of await provider.list({ signal })) console.log(name, phase, agent, meta)
} catch (error) {
  if (!isSessionError(error)) throw error
  console.error(error.message)
  if (error.suggestion !== undefined) console.error(`Try: ${error.suggestion}`)
  process.exitCode = 1
} finally {
  await provider.stop('parrot')
}
