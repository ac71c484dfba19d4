import { randomBytes } from 'node:crypto'
import { agentPod } from '@kubectl-gc/manifests/agent-pod'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import type { Settings } from './settings.ts'

/** Value of the label `app` on the pods that check images, so that nobody takes them for sessions. */
export const CHECK_APP = 'gc-check-image'

/** Seconds after which the kubelet ends such a pod, should nobody be left to remove it. */
const LONGEST_LIFE = 30

/** A pod that ends at once, and is pulled, scheduled and secured as a session's would be, but for its volumes. */
export function checkImagePod(settings: Settings, image: string): Pod {
  const resources = { requests: { cpu: '1m', memory: '4Mi' }, limits: { cpu: '100m', memory: '32Mi' } }
  const podName = `gc-check-image-${randomBytes(5).toString('hex')}`
  const { namespace, serviceAccount: serviceAccountName } = settings
  const like = { podName, sessionName: '', labels: {}, image, command: '', env: {}, resources, serviceAccountName }
  const { spec, ...pod } = agentPod({ ...settings, ...like })
  const agent = spec?.containers[0]
  return {
    ...pod,
    metadata: { name: podName, namespace, labels: { app: CHECK_APP } },
    spec: {
      ...spec,
      activeDeadlineSeconds: LONGEST_LIFE,
      automountServiceAccountToken: false,
      volumes: [],
      // An image without this program has been pulled by the time that that is found out.
      containers: [
        { ...agent, name: 'check', command: ['true'], args: [], workingDir: '/', env: [], volumeMounts: [] },
      ],
    },
  }
}
