import type { Bundle } from '../bundle.ts'
import { agentsmithBundle } from './agentsmith/index.ts'
import { dispatcherBundle } from './dispatcher/index.ts'
import { dojoBundle } from './dojo/index.ts'
import { gitlabCopilotAgentBundle } from './gitlab-copilot-agent/index.ts'
import { operatorBundle } from './operator/index.ts'
import { sessionsBundle } from './sessions/index.ts'

/** Every bundle by its name. */
export const bundles: Record<string, Bundle> = {
  sessions: sessionsBundle,
  operator: operatorBundle,
  'gitlab-copilot-agent': gitlabCopilotAgentBundle,
  dispatcher: dispatcherBundle,
  dojo: dojoBundle,
  agentsmith: agentsmithBundle,
}
