import { access, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The names of the agents of the city that a folder is in: what `agents/` beside its `city.toml` holds folders for. */
export async function agentsOfCity(folder: string): Promise<string[]> {
  const city = await cityAbove(folder)
  if (city === undefined) return []
  const entries = await readdir(join(city, 'agents'), { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
  return names.sort()
}

async function cityAbove(folder: string): Promise<string | undefined> {
  const found = await access(join(folder, 'city.toml')).then(
    () => true,
    () => false,
  )
  if (found) return folder
  const above = dirname(folder)
  return above === folder ? undefined : cityAbove(above)
}
