import { ApiError, type Client, type LogOptions, StreamCutError, type WatchEvent } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { expect, test } from 'vitest'
import { followController } from '../../src/controller/follow.ts'

const refuse = (code: number, reason: string) => new ApiError({ code, reason, message: reason })

/** A pod whose container has this id, and was another before. */
function pod(name: string, id?: string, before?: string): Pod {
  const last = before === undefined ? {} : { lastState: { terminated: { exitCode: 1, containerID: before } } }
  const state = id === undefined ? { waiting: {} } : { running: {} }
  const container = { name: 'gc', image: '', imageID: '', ready: true, restartCount: 0, state, ...last }
  return {
    metadata: { name },
    spec: { containers: [] },
    status: { containerStatuses: [{ ...container, ...(id === undefined ? {} : { containerID: id }) }] },
  }
}

interface Played {
  changes: [WatchEvent<Pod>['type'], Pod][]
  /** What each request for a log gives: texts, or how it fails. */
  logs: (string | Error)[][]
  /** Whether there is still a Deployment. */
  deployed: boolean
}

/** What is followed, and the requests that it took. */
async function follow({ changes, logs, deployed }: Played, part = {}) {
  const requests: { pod: string; options: LogOptions | undefined }[] = []
  const watch = async function* () {
    for (const [type, object] of changes) yield { type, object }
  }
  const client: Partial<Client> = {
    watch: watch as unknown as Client['watch'],
    logs: async function* ({ name }, options) {
      requests.push({ pod: name, options })
      for (const piece of logs[requests.length - 1] ?? [refuse(404, 'NotFound')]) {
        if (typeof piece !== 'string') throw piece
        yield Buffer.from(piece)
      }
    },
    get: (async () => {
      if (!deployed) throw refuse(404, 'NotFound')
      return {}
    }) as Client['get'],
  }
  const { signal } = new AbortController()
  let text = ''
  for await (const chunk of followController({ client: client as Client, namespace: 'gc', signal }, part)) {
    text += Buffer.from(chunk)
  }
  return { text, requests: requests.map(({ pod, options }) => [pod, options?.previous, options?.tailLines]) }
}

test('a log that is cut goes on where it was, in the middle of a line too', async () => {
  const played = await follow(
    {
      changes: [['ADDED', pod('a', '1')]],
      logs: [
        ['T1 one\nT2 tw', 'o\nT3 thr', new StreamCutError('cut')],
        [new StreamCutError('cut')],
        ['T1 one\nT2 two\nT3 three\nT0 the clock was set back\nT4 no end'],
      ],
      deployed: true,
    },
    { tailLines: 2 },
  )
  expect(played.text).toBe('one\ntwo\nthree\nthe clock was set back\nno end')
  expect(played.requests).toEqual([
    ['a', false, 2],
    ['a', false, undefined],
    ['a', false, undefined],
  ])
})

test('each run is printed once, those that were over before they were seen too, until the controller is stopped', async () => {
  const played = await follow(
    {
      changes: [
        ['ADDED', pod('a', '2', '1')],
        ['MODIFIED', pod('a', '2', '1')],
        ['MODIFIED', pod('a', undefined, '2')],
        ['MODIFIED', pod('a', '4', '3')],
        ['ADDED', pod('b')],
        ['MODIFIED', pod('b', '5')],
        ['DELETED', pod('b', '5')],
        ['ADDED', pod('c', '6')],
      ],
      logs: [['T two\n'], ['T three\n'], ['T four\n'], ['T five\n']],
      deployed: false,
    },
    { tailLines: 1 },
  )
  expect(played.text).toBe('two\nthree\nfour\nfive\n')
  expect(played.requests).toEqual([
    ['a', false, 1],
    ['a', true, undefined],
    ['a', false, undefined],
    ['b', false, undefined],
  ])
})

test('a pod that goes ends nothing while there is a controller', async () => {
  const changes: Played['changes'] = [
    ['ADDED', pod('a', '1')],
    ['DELETED', pod('a', '1')],
    ['ADDED', pod('b', '2')],
  ]
  expect(await follow({ changes, logs: [['T a\n'], ['T b\n']], deployed: true })).toMatchObject({ text: 'a\nb\n' })
})

test('a refusal is an error', async () => {
  const changes: Played['changes'] = [['ADDED', pod('a', '1')]]
  await expect(follow({ changes, logs: [[refuse(403, 'Forbidden')]], deployed: true })).rejects.toThrow('Forbidden')
})
