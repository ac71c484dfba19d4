import { expect, test } from 'vitest'
import {
  isProfileError,
  jobTemplate,
  singletonWriter,
  statefulDatabase,
  stateless,
  UNRESTRICTED_ANNOTATION,
} from '../../src/define.ts'

const workload = {
  name: 'app',
  namespace: 'town',
  selector: { app: 'app' },
  containers: [{ name: 'app', image: 'app:1' }],
}
const claim = { claimName: 'app-data', volume: 'data' }

test('stateless: rolled without a gap, drained one by one, and any number of it', () => {
  const { deployment, disruptionBudget, autoscaler } = stateless({ ...workload, replicas: 3 })
  expect(deployment.spec).toMatchObject({
    replicas: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
  })
  expect(disruptionBudget.spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: { app: 'app' } } })
  expect(autoscaler).toEqual([])
})

test('one writer: ends before the next begins, on its claim', () => {
  const { spec } = singletonWriter({ ...workload, claim, pod: { volumes: [{ name: 'tmp', emptyDir: {} }] } })
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
  expect(spec?.template.spec?.volumes).toEqual([
    { name: 'data', persistentVolumeClaim: { claimName: 'app-data' } },
    { name: 'tmp', emptyDir: {} },
  ])
})

test.for([
  [
    { replicas: 2 },
    /^singletonWriter app: more replicas than one are possible, but only one process may write to app-data;/,
  ],
  [{ replicas: '{{ any }}' }, /more replicas than one/],
  [{ autoscaling: { enabled: false } }, /an autoscaler would start more/],
] as const)('one writer refuses %o', ([more, told]) => {
  const make = () => singletonWriter({ ...workload, claim, ...more })
  expect(make).toThrow(told)
  expect(make).toThrow(expect.toSatisfy(isProfileError))
})

test('a database has a claim of its own', () => {
  const { spec } = statefulDatabase({ ...workload, volume: 'data', storage: '1Gi' })
  expect(spec).toMatchObject({ replicas: 1, serviceName: 'app' })
  expect(spec?.volumeClaimTemplates?.[0]).toMatchObject({
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })
})

test('a job ends', () => {
  expect(jobTemplate({ ...workload, deadlineSeconds: 60 }).spec).toMatchObject({
    activeDeadlineSeconds: 60,
    backoffLimit: 0,
    template: { spec: { restartPolicy: 'Never' } },
  })
})

test('a pod is restricted, or says why not', () => {
  const restricted = stateless({ ...workload, replicas: 1 }).deployment.spec?.template
  expect(restricted?.spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
  })
  const security = { unrestricted: { because: 'it reads the node', container: { privileged: true } } }
  const free = stateless({ ...workload, security, replicas: 1 }).deployment.spec?.template
  expect(free?.metadata?.annotations).toEqual({ [UNRESTRICTED_ANNOTATION]: 'it reads the node' })
  expect(free?.spec).toMatchObject({ securityContext: {}, containers: [{ securityContext: { privileged: true } }] })
})
