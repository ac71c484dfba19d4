import * as kinds from './kinds.ts'
import type { Variables } from './table.ts'

type Workspace = Pick<
  Variables,
  'prebaked' | 'workspaceClaim' | 'workspaceRoot' | 'containerHome' | 'paneSize' | 'historyLimit' | 'mirror'
>

/** What the agent finds: its files and its terminal. */
export const workspace: Workspace = {
  prebaked: {
    name: 'GC_K8S_PREBAKED',
    source: 'native provider',
    what: '`true`: the image holds the workspace, so no volume hides it and nothing is copied into it',
    kind: kinds.yesOrNo('true'),
    otherwise: 'false',
  },
  workspaceClaim: {
    name: 'GC_K8S_WORKSPACE_PVC',
    source: 'fork',
    what: 'PersistentVolumeClaim that holds the workspace and outlives the session; without it an empty volume that goes with the pod',
    kind: kinds.objectName('the name of a PersistentVolumeClaim', 'city-workspace'),
    otherwise: undefined,
  },
  workspaceRoot: {
    name: 'GC_K8S_WORKSPACE_ROOT',
    source: 'fork',
    what: 'where that claim is mounted; ignored without `GC_K8S_WORKSPACE_PVC`',
    kind: kinds.absolutePath,
    otherwise: '/workspace',
  },
  containerHome: {
    name: 'GC_K8S_CONTAINER_HOME',
    source: 'fork',
    what: "`HOME` of the agent; without it the image's where it is writable, else the workspace",
    kind: kinds.absolutePath,
    otherwise: undefined,
  },
  paneSize: {
    name: 'GC_K8S_PANE_SIZE',
    source: 'ours',
    what: "columns and rows of the session's terminal",
    kind: kinds.cells,
    otherwise: '220x50',
  },
  historyLimit: {
    name: 'GC_K8S_HISTORY_LIMIT',
    source: 'ours',
    what: 'lines that the terminal keeps for `peek`',
    kind: kinds.wholeNumber('a number of lines', 0, 10_000_000, '50000'),
    otherwise: '50000',
  },
  mirror: {
    name: 'GC_K8S_MIRROR',
    source: 'ours',
    what: '`on` or `off`: whether what the terminal shows is in `kubectl logs` too',
    kind: kinds.yesOrNo('on'),
    otherwise: 'on',
  },
}
