import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { agentsOfCity } from '../../src/completion/city.ts'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gc-city-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

test('the agents of a city are the folders of agents/, from anywhere in the city', async () => {
  const city = await folder()
  await writeFile(join(city, 'city.toml'), '')
  for (const name of ['mayor', 'coder', '.git']) await mkdir(join(city, 'agents', name), { recursive: true })
  await writeFile(join(city, 'agents', 'README.md'), '')
  await mkdir(join(city, 'rigs', 'app'), { recursive: true })
  expect(await agentsOfCity(city)).toEqual(['coder', 'mayor'])
  expect(await agentsOfCity(join(city, 'rigs', 'app'))).toEqual(['coder', 'mayor'])
})

test('outside a city there are none', async () => {
  expect(await agentsOfCity(await folder())).toEqual([])
})
