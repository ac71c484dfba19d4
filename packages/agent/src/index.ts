export type { SupervisorOptions } from './supervisor.ts'
export { supervisorCommand } from './supervisor.ts'
