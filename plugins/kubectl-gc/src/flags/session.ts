import * as Args from './define-args.ts'
import { quantityFlag } from './quantity.ts'

/** The session that a command is about. */
export const sessionArg = Args.string({
  name: 'name',
  required: true,
  ignoreStdin: true,
  description: "The session's name.",
})

/** Several sessions. */
export const sessionArgs = Args.string({
  name: 'name',
  multiple: true,
  ignoreStdin: true,
  description: "The sessions' names.",
})

/** Requests and limits as `kubectl run` would name them. */
export const resourceFlags = {
  'cpu-request': quantityFlag({ helpValue: 'CPU', summary: 'CPU to reserve (GC_K8S_CPU_REQUEST, default 500m).' }),
  'memory-request': quantityFlag({
    helpValue: 'SIZE',
    summary: 'Memory to reserve (GC_K8S_MEM_REQUEST, default 1Gi).',
  }),
  'cpu-limit': quantityFlag({ helpValue: 'CPU', summary: 'CPU that it may use (GC_K8S_CPU_LIMIT, default 2).' }),
  'memory-limit': quantityFlag({
    helpValue: 'SIZE',
    summary: 'Memory that it may use (GC_K8S_MEM_LIMIT, default 4Gi).',
  }),
}
