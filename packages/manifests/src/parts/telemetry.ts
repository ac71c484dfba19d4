import { z } from 'zod'
import type { KubernetesObject } from '../objects.ts'
import type { Release } from '../release.ts'
import { when } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'
import { collector, collectorValues } from './collector.ts'
import { setting, url } from './dispatching.ts'

/** Where telemetry goes, and by which collector. */
export const telemetryValues = z
  .strictObject({
    otlpEndpoint: url
      .default('')
      .describe('Where telemetry goes, such as http://otel-collector:4317; nowhere when empty.'),
    environment: setting('DEPLOYMENT_ENV, such as production.'),
    collector: collectorValues.describe('Takes telemetry on every node and hands it on to otlpEndpoint.'),
  })
  .prefault({})
  .describe('OpenTelemetry.')

/** What an application reads so that it sends to the collector. @param endpoint where that sends to; none when empty */
export function telemetrySettings(endpoint: string, { fullname }: Release): Record<string, string> {
  return when(endpoint, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${fullname}-otel-collector:4317`,
    OTLP_ENDPOINT: endpoint,
  })
}

/** The collector, which reads from the release's ConfigMap where it sends to. @param endpointValue none when empty */
export function telemetry(
  endpointValue: string,
  values: Template<z.output<typeof telemetryValues>>,
  release: Release,
): KubernetesObject[] {
  const valueFrom = { configMapKeyRef: { name: release.fullname, key: 'OTLP_ENDPOINT' } }
  const endpoint = { name: 'OTLP_ENDPOINT', valueFrom }
  return when(endpointValue, collector({ release, values: values.collector, endpoint, endpointValue }))
}
