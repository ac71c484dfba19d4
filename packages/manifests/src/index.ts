export type { AgentPodOptions } from './agent-pod.ts'
export { agentPod, SESSION_NAME_ANNOTATION, SUPERVISOR_LABEL } from './agent-pod.ts'
