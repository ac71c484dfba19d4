import * as json from './json.ts'
import * as kinds from './kinds.ts'
import type { Variables } from './table.ts'

type Scheduling = Pick<
  Variables,
  'nodeSelector' | 'tolerations' | 'affinity' | 'topologySpreadConstraints' | 'priorityClassName'
>

/** On which nodes pods run, and before whom. */
export const scheduling: Scheduling = {
  nodeSelector: {
    name: 'GC_K8S_NODE_SELECTOR',
    source: 'native provider',
    what: 'JSON object: labels that a node must have',
    kind: json.textByName('{"disk":"ssd"}'),
    otherwise: undefined,
  },
  tolerations: {
    name: 'GC_K8S_TOLERATIONS',
    source: 'native provider',
    what: "JSON array of the pods' tolerations",
    kind: json.tolerations,
    otherwise: undefined,
  },
  affinity: {
    name: 'GC_K8S_AFFINITY',
    source: 'native provider',
    what: "JSON object: the pods' `affinity`",
    kind: json.affinity,
    otherwise: undefined,
  },
  topologySpreadConstraints: {
    name: 'GC_K8S_TOPOLOGY_SPREAD_CONSTRAINTS',
    source: 'fork',
    what: "JSON array of the pods' topology spread constraints; one without `labelSelector` spreads all sessions",
    kind: json.topologySpreadConstraints,
    otherwise: undefined,
  },
  priorityClassName: {
    name: 'GC_K8S_PRIORITY_CLASS_NAME',
    source: 'native provider',
    what: 'PriorityClass of the pods',
    kind: kinds.objectName('the name of a PriorityClass', 'agents'),
    otherwise: undefined,
  },
}
