import { type Client, isKubeError } from '@kubectl-gc/kube'
import { carryOut, type Plan, type PlanOptions, planInstallation, type Wanted } from '@kubectl-gc/kube/apply'
import { startProgress } from '../output/progress.ts'
import type { Runtime } from '../runtime.ts'
import { withFlag } from './hints.ts'
import { sayChange, sayKept, sayPlan, type Voice } from './say.ts'
import { fieldManager } from './subject.ts'

/** How an installation is carried out, as flags have it. */
export interface Carrying {
  wait: boolean
  timeout: number
  'dry-run': 'none' | 'client' | 'server'
  'force-conflicts': boolean
  adopt: boolean
  prune: boolean
  rollback?: boolean
}

interface Setting {
  client: Client
  /** For what is said. */
  verb: 'install' | 'upgrade'
  flags: Carrying
  voice: Voice
  runtime: Pick<Runtime, 'stderr' | 'signal'>
}

/** Plans an installation and carries it out, or says what it would do, and what can be done when it fails. */
export async function runInstallation(wanted: Wanted, setting: Setting): Promise<void> {
  const { client, flags, verb, voice } = setting
  const command = (word: string) => `kubectl gc ${word} ${wanted.name} --namespace ${wanted.namespace}`
  const tryOut = flags['dry-run'] !== 'client'
  try {
    const plan = await planInstallation(client, wanted, { ...takingOver(setting), tryOut })
    if (flags['dry-run'] === 'none') await toTheEnd(plan, setting, command)
    else await sayPlan(plan, flags, voice)
    await sayKept(plan, flags.prune, voice)
  } catch (error) {
    throw withFlag(error, command(verb))
  }
}

function takingOver({ flags, runtime }: Setting): PlanOptions {
  return { fieldManager, force: flags['force-conflicts'], adopt: flags.adopt, signal: runtime.signal }
}

async function toTheEnd(plan: Plan, setting: Setting, command: (verb: string) => string): Promise<void> {
  const { client, flags, voice, runtime } = setting
  const { wait, timeout, prune, rollback } = flags
  const say = sayChange(voice)
  let isRemoved = false
  try {
    using progress = startProgress(runtime.stderr, 1000)
    const onChange: typeof say = (object, what) => {
      isRemoved ||= what === 'deleted'
      return say(object, what)
    }
    const watched = { onChange, onProgress: progress.step }
    await carryOut(client, plan, { ...takingOver(setting), wait, timeout, prune, rollback, ...watched })
  } catch (error) {
    const isGone = isRemoved && !runtime.signal.aborted && !(error instanceof AggregateError)
    const told = isGone ? 'What this install had made is removed again.' : leftBy(error, plan, setting, command)
    if (told !== undefined) await voice.note(told)
    throw error
  }
}

/** What there is after a failure that has removed nothing, and what can be done about it. */
function leftBy(error: unknown, plan: Plan, { verb, runtime }: Setting, command: (verb: string) => string) {
  const back = plan.record === undefined ? '' : `go back to the values of before: ${command('upgrade')}`
  const remove = `remove it: ${command('uninstall')}`
  if (runtime.signal.aborted) {
    return `Interrupted. Run it again to complete it${plan.isFirst ? `, or ${remove}` : back && `, or ${back}`}`
  }
  if (isKubeError(error) && error.name === 'InstallationBusyError') return undefined
  if (plan.isFirst) return `This ${verb} has failed. Run it again to complete it, or ${remove}`
  return `This ${verb} has failed, and has removed nothing.${back && ` To ${back}`}`
}
