import { z } from 'zod'
import { quantity, resources } from '../values/kinds.ts'

interface Image {
  repository: string
  tag: string
  pullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
}

/** An image by its parts, as `--set image.tag=…` wants it. */
export function imageValues({ repository, tag, pullPolicy = 'IfNotPresent' }: Image) {
  return z
    .strictObject({
      ...imageName({ repository, tag }),
      pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).default(pullPolicy).describe('When nodes fetch it.'),
    })
    .prefault({})
}

/** The same for images whose pull policy nobody sets. */
export function imageName({ repository, tag }: Omit<Image, 'pullPolicy'>) {
  return {
    repository: z.string().min(1).default(repository).describe('The image without its tag.'),
    tag: z.string().min(1).default(tag).describe('Its tag.'),
  }
}

interface Amount {
  cpu: string
  memory: string
}

/** Resources of a container. */
export function requirements({ limits, requests }: { limits: Amount; requests: Amount }) {
  return z
    .strictObject({
      limits: resources(limits).describe('What it may use.'),
      requests: resources(requests).describe('What is reserved for it.'),
    })
    .prefault({})
}

/** A claim's size, and where it comes from. */
export const storageValues = (size: string) => ({
  storage: quantity.default(size).describe('Size of its volume.'),
  storageClassName: z.string().min(1).optional().describe("StorageClass of it; the cluster's default when absent."),
})

/** A map of annotations or labels. */
export const texts = z.record(z.string(), z.string())

/** A TCP port. */
export const port = (number: number) => z.int().min(1).max(65_535).default(number)
