import { expect, test } from 'vitest'
import { chooseMode } from '../mode.ts'

test.for([
  { docker: true, nodeImage: true, mode: 'public' },
  { docker: true, nodeImage: false, mode: 'built' },
])('with docker, the node image answering: $nodeImage, the mode is $mode', async ({ docker, nodeImage, mode }) => {
  expect(await chooseMode({ docker: async () => docker, nodeImage: async () => nodeImage })).toBe(mode)
})

test('without docker no image is asked for', async () => {
  const asked = async (): Promise<boolean> => {
    throw new Error('asked for the node image')
  }
  expect(await chooseMode({ docker: async () => false, nodeImage: asked })).toBe('built')
})
