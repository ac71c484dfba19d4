import { z } from 'zod'
import type { Ingress, ObjectMeta } from '../kubernetes.ts'
import { when } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'
import { texts } from './values.ts'

interface Defaults {
  className?: string
  host?: string
  tlsSecretName?: string
  annotations?: Record<string, string>
}

/** Values of an Ingress for one host. */
export function ingressValues({ className = '', host = '', tlsSecretName = '', annotations = {} }: Defaults = {}) {
  return z
    .strictObject({
      enabled: z.boolean().default(false).describe('Makes the service reachable from outside by an Ingress.'),
      className: z.string().default(className).describe("IngressClass; the cluster's default when empty."),
      host: z.string().default(host).describe('Name by which it is reached; any when empty.'),
      tlsSecretName: z.string().default(tlsSecretName).describe('Secret of the certificate; without TLS when empty.'),
      annotations: texts.default(annotations).describe('For the Ingress controller, and for a certificate issuer.'),
    })
    .prefault({})
}

type IngressValues = Template<z.output<ReturnType<typeof ingressValues>>>

/** An Ingress that hands everything to one port of one service. */
export function ingress(
  metadata: ObjectMeta,
  values: IngressValues,
  backend: { service: string; port: string },
): Ingress {
  const { className, host, tlsSecretName, annotations } = values
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, annotations },
    spec: {
      ...when(className, { ingressClassName: className }),
      ...when(tlsSecretName, { tls: [{ ...when(host, { hosts: [host] }), secretName: tlsSecretName }] }),
      rules: [
        {
          ...when(host, { host }),
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: backend.service, port: { name: backend.port } } },
              },
            ],
          },
        },
      ],
    },
  }
}
