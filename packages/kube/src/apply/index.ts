export type { Action } from './difference.ts'
export { written } from './difference.ts'
export {
  FieldConflictError,
  InstallationBusyError,
  NotReadyError,
  type Owned,
  OwnedByOthersError,
  RefusedError,
} from './errors.ts'
export { carryOut, type InstallOptions } from './install.ts'
export { displayName } from './name.ts'
export { type Plan, type PlanOptions, planInstallation, type Wanted } from './plan.ts'
export { lastLines } from './ready/evidence.ts'
export { type Stuck, stuckReason } from './ready/stuck-pod.ts'
export { waitUntilReady } from './ready/wait.ts'
export { type Installation, type InstallationRecord, readRecord } from './record.ts'
export type { Change } from './try-all.ts'
export { type UninstallOptions, uninstall } from './uninstall.ts'
