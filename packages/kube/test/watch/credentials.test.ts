import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Reply } from '../support/fault-server.ts'
import { test } from '../support/fixtures.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { json, page, status, stream } from '../support/replies.ts'
import { event, serve, take, watches } from '../support/watching.ts'

test('a token that expires in mid-watch is renewed on the way', async ({ server, connect, directory }) => {
  const token = join(directory, 'token')
  await writeFile(token, 'first')
  const kubeconfig = await writeKubeconfig(directory, { server: server.url }, { tokenFile: token })
  const client = await connect({ server: undefined, kubeconfig })
  let valid = 'first'
  const guarded =
    (reply: Reply): Reply =>
    (response, request) =>
      (request.headers.authorization === `Bearer ${valid}` ? reply : status(401, 'Unauthorized', 'Unauthorized'))(
        response,
        request,
      )
  const rotate: Reply = async (response, request) => {
    valid = 'second'
    await writeFile(token, valid)
    stream([event('ADDED', 'a', '6')], 'end')(response, request)
  }
  serve(server, {
    list: [guarded(page('5', []))],
    watch: [guarded(rotate), guarded(json({})), guarded(stream([event('ADDED', 'b', '7')], 'stay'))],
  })
  expect(await take(client, 2)).toEqual(['ADDED a@6', 'ADDED b@7'])
  expect(watches(server).map(({ headers }) => headers.authorization)).toEqual([
    'Bearer first',
    'Bearer first',
    'Bearer second',
  ])
})
