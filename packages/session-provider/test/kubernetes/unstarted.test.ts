import { ApiError } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { againIfUnstarted } from '../../src/kubernetes/unstarted.ts'

const failure = (why: string) =>
  new ApiError({
    code: 500,
    message: `error executing command in container: failed to exec in container: failed to start exec "b5": OCI runtime exec failed: exec failed: unable to start container process: ${why}`,
  })

/** Fails with these errors in turn, then gives how often it was asked. */
function attempts(...errors: Error[]) {
  let asked = 0
  return async () => {
    const error = errors[asked++]
    if (error !== undefined) throw error
    return asked
  }
}

const ending = failure('error executing setns process: exit status 1: unknown')

test('what the runtime could not start in a container that was ending is tried once more', async () => {
  expect(await againIfUnstarted(attempts(ending))).toBe(2)
  const gone = new ApiError({ code: 500, message: 'container not found ("agent")' })
  await expect(againIfUnstarted(attempts(ending, gone))).rejects.toBe(gone)
  await expect(againIfUnstarted(attempts(ending, ending))).rejects.toBe(ending)
})

test('what may have been started, or never can be, is not', async () => {
  for (const error of [failure('exec: "sh": executable file not found in $PATH'), new Error('setns')]) {
    await expect(againIfUnstarted(attempts(error))).rejects.toBe(error)
  }
})
