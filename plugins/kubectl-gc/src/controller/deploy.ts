import { carryOut, type Plan } from '@kubectl-gc/kube/apply'
import { quote } from '../flags/command-line.ts'
import { withFlag } from '../install/hints.ts'
import type { Carrying } from '../install/run-installation.ts'
import { sayChange, sayPlan, type Voice } from '../install/say.ts'
import { fieldManager } from '../install/subject.ts'
import { startProgress } from '../output/progress.ts'
import { size } from '../output/size.ts'
import type { Runtime } from '../runtime.ts'
import { type Deployment, planController } from './plan.ts'

interface Setting extends Deployment {
  flags: Pick<Carrying, 'wait' | 'timeout' | 'dry-run' | 'force-conflicts' | 'adopt'>
  voice: Voice
  stderr: Runtime['stderr']
}

/** Puts the controller into the cluster, or says what that would do, and what can be done when it fails. */
export async function deployController(setting: Setting): Promise<void> {
  const { namespace, flags, voice, city, files } = setting
  try {
    const plan = await planController(setting)
    if (flags['dry-run'] === 'none') await toTheEnd(plan, setting)
    else await sayPlan(plan, { ...flags, prune: true }, voice)
  } catch (error) {
    const adopt = flags.adopt ? ' --adopt' : ''
    throw withFlag(error, `kubectl gc controller deploy ${quote(city.root)} --namespace ${namespace}${adopt}`)
  }
  const left = files.leftOut.length === 0 ? '' : `; left out: ${files.leftOut.join(', ')}`
  const count = files.files.length === 1 ? '1 file' : `${files.files.length} files`
  await voice.note(`City ${city.name}: ${count}, ${size(files.size)}${left}`)
}

async function toTheEnd(plan: Plan, { client, namespace, flags, voice, signal, stderr }: Setting): Promise<void> {
  try {
    using progress = startProgress(stderr, 1000)
    await carryOut(client, plan, {
      ...{ fieldManager, force: flags['force-conflicts'], wait: flags.wait, timeout: flags.timeout, signal },
      prune: true,
      onChange: sayChange(voice),
      onProgress: progress.step,
    })
  } catch (error) {
    if (signal.aborted) {
      const next = `remove it: kubectl gc controller stop --namespace ${namespace}`
      await voice.note(`Interrupted. Run it again to complete it, or ${next}`)
    } else if (!plan.isFirst) {
      await voice.note('This deployment has failed, and has removed nothing. Correct it, and deploy again.')
    } else if (!(error instanceof AggregateError)) {
      await voice.note('What this deployment had made is removed again.')
    }
    throw error
  }
}
