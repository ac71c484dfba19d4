import type { Release } from '../../release.ts'

const of = (component: string) => ({ 'app.kubernetes.io/component': component })

/** Labels that select dispatchers. */
export const dispatcherSelector = ({ selectorLabels }: Release) => ({ ...selectorLabels, ...of('dispatcher') })

/** Labels that select Redis. */
export const redisSelector = ({ selectorLabels }: Release) => ({ ...selectorLabels, ...of('redis') })

/** Labels that dispatchers give the pods of their Jobs: by K8S_JOB_INSTANCE_LABEL. */
export const jobSelector = ({ fullname }: Release) => ({ 'app.kubernetes.io/instance': fullname, ...of('job') })
