import * as json from './json.ts'
import * as kinds from './kinds.ts'
import type { Variables } from './table.ts'

type Container = Pick<
  Variables,
  | 'image'
  | 'rigImages'
  | 'imagePullSecrets'
  | 'cpuRequest'
  | 'memoryRequest'
  | 'cpuLimit'
  | 'memoryLimit'
  | 'podSecurity'
  | 'runAsUser'
>

/** Which image runs, with what, and as whom. */
export const container: Container = {
  image: {
    name: 'GC_K8S_IMAGE',
    source: 'script',
    what: 'container image of the agent; needed to start (`kubectl gc`: without it `gc-agent:latest`)',
    kind: kinds.text,
    otherwise: undefined,
  },
  rigImages: {
    name: 'GC_K8S_RIG_IMAGES',
    source: 'fork',
    what: "JSON object of images by rig; the session's `GC_RIG` chooses, any other rig gets `GC_K8S_IMAGE`",
    kind: json.textByName('{"frontend":"agent-node:1"}'),
    otherwise: undefined,
  },
  imagePullSecrets: {
    name: 'GC_K8S_IMAGE_PULL_SECRET',
    source: 'fork',
    what: "Secret with the registry's credentials; several are separated by commas",
    kind: kinds.objectNames('the name of a Secret', 'registry-credentials'),
    otherwise: undefined,
  },
  cpuRequest: {
    name: 'GC_K8S_CPU_REQUEST',
    source: 'script',
    what: 'CPU that a session reserves',
    kind: kinds.quantity('500m'),
    otherwise: '500m',
  },
  memoryRequest: {
    name: 'GC_K8S_MEM_REQUEST',
    source: 'script',
    what: 'memory that a session reserves',
    kind: kinds.quantity('1Gi'),
    otherwise: '1Gi',
  },
  cpuLimit: {
    name: 'GC_K8S_CPU_LIMIT',
    source: 'script',
    what: 'CPU that a session may use',
    kind: kinds.quantity('2'),
    otherwise: '2',
  },
  memoryLimit: {
    name: 'GC_K8S_MEM_LIMIT',
    source: 'script',
    what: 'memory that a session may use',
    kind: kinds.quantity('4Gi'),
    otherwise: '4Gi',
  },
  podSecurity: {
    name: 'GC_K8S_POD_SECURITY',
    source: 'fork',
    what: 'Pod Security Standard that the pods meet: `restricted`, `baseline`, or `none`, which leaves privileges to the image',
    kind: kinds.oneOf('restricted', 'baseline', 'none'),
    otherwise: 'restricted',
  },
  runAsUser: {
    name: 'GC_K8S_RUN_AS_USER',
    source: 'fork',
    what: "user, group and owner of the volumes; without it 1000 under `restricted`, and the image's own user otherwise; 0 only outside `restricted`",
    kind: kinds.wholeNumber('a user', 0, 2 ** 31 - 1, '1000'),
    otherwise: undefined,
  },
}
