import { readFile, writeFile } from 'node:fs/promises'
import { expect } from 'vitest'

/**
 * Compares a page of docs/reference/ with what a test has found; writes it instead when KUBECTL_GC_WRITE_DOCS is set.
 * @param lasting what of the page must be the same on every machine; default all
 */
export async function documented(name: string, page: string, lasting = (text: string) => text): Promise<void> {
  const path = new URL(`../../docs/reference/${name}`, import.meta.url)
  if (process.env.KUBECTL_GC_WRITE_DOCS !== undefined) return writeFile(path, page)
  const hint = `docs/reference/${name} is not what is: write it with KUBECTL_GC_WRITE_DOCS=1`
  expect(lasting(await readFile(path, 'utf8')), hint).toBe(lasting(page))
}
