import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { CITY_LABEL } from './labels.ts'
import { labelValue } from './names.ts'

/** A city's path as a label value: the name of its folder for people, and a hash that tells it from others. */
export function cityLabel(path: string): string {
  const whole = resolve(path)
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 8)
  return `${labelValue(basename(whole)).slice(0, 50)}-${hash}`
}

/** Whether the pod is another city's. One that belongs to no city, such as the script's, is everybody's. */
export function isForeign(pod: Pod, city: string | undefined): boolean {
  const held = pod.metadata?.labels?.[CITY_LABEL]
  return city !== undefined && held !== undefined && held !== cityLabel(city)
}
