import { mkdir } from 'node:fs/promises'
import { type Folder, labFolder } from './folder.ts'
import { takeLock } from './lock.ts'
import { Progress } from './progress.ts'

/** Works on the lab's folder while nobody else does, after whoever is at it. */
export async function alone<T>(work: (folder: Folder, progress: Progress) => Promise<T>): Promise<T> {
  const folder = labFolder()
  const progress = new Progress(folder.logs)
  let told = ''
  const lock = await takeLock(folder.id, (step) => {
    if (step !== told) progress.say(`another run is at: ${step}; waiting`)
    told = step
  })
  progress.onChange((step) => lock.announce(step))
  try {
    await mkdir(folder.root, { recursive: true, mode: 0o700 })
    return await work(folder, progress)
  } finally {
    await lock.release()
  }
}
