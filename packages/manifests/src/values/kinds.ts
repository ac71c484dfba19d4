import { z } from 'zod'

/** A quantity as Kubernetes writes it: `500m`, `1.5`, `10Gi`. */
export const quantity = z
  .string()
  .regex(/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$/, 'a quantity, such as 500m or 10Gi')

/** CPU and memory. */
export function resources(defaults: { cpu: string; memory: string }) {
  const { cpu, memory } = defaults
  return z.strictObject({ cpu: quantity.default(cpu), memory: quantity.default(memory) }).prefault({})
}
