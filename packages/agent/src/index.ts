export { STAGING_CONDITION, STAGING_SILENCE, stagingBeat, stagingDone } from './staging.ts'
export type { SupervisorOptions } from './supervisor.ts'
export { isStaged, supervisorCommand } from './supervisor.ts'
