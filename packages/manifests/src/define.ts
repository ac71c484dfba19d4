/** What bundles are written with. */
export { type Bundle, defineBundle } from './bundle.ts'
export { isProfileError, ProfileError } from './profiles/errors.ts'
export { jobTemplate } from './profiles/job-template.ts'
export {
  containerSecurityContext,
  podSecurityContext,
  type Security,
  UNRESTRICTED_ANNOTATION,
} from './profiles/security.ts'
export { singletonWriter } from './profiles/singleton-writer.ts'
export { statefulDatabase } from './profiles/stateful-database.ts'
export { autoscalingValues, type StatelessObjects, stateless } from './profiles/stateless.ts'
export type { Workload } from './profiles/workload.ts'
export { nameValues, type Release } from './release.ts'
export {
  all,
  any,
  base64,
  type Condition,
  checksum,
  choose,
  custom,
  each,
  equals,
  named,
  not,
  required,
  text,
  when,
} from './template/combinators.ts'
export type { Template } from './template/reference.ts'
export { quantity, resources } from './values/kinds.ts'
