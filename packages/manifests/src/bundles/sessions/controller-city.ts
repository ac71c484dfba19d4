import { createHash } from 'node:crypto'
import type { ConfigMap, KeyToPath } from '../../kubernetes.ts'
import { checksum } from '../../template/combinators.ts'
import { configMapKey } from './config-map-key.ts'

/** Where the controller's volume is, which keeps the city. */
export const CITY = '/city'

/** Where the city is put for the controller to take. */
export const CONFIG = '/config'

/** A city as the controller is given it. */
export interface ControllerCity {
  configMap: Pick<ConfigMap, 'data' | 'binaryData' | 'immutable'> & { name: string }
  /** Which keys are which files; undefined: each key is one. */
  items?: KeyToPath[]
  podAnnotations?: Record<string, string>
  /** What the container does. */
  script: string
}

/** One file of a city's folder. */
export interface CityFile {
  /** In the folder, with `/` between names; without line ends. */
  path: string
  content: Uint8Array
  executable: boolean
}

const textScript = `set -eu
cp ${CONFIG}/city.toml ${CITY}/city.toml
if [ ! -e ${CITY}/.gc-init-done ]; then gc init ${CITY} && touch ${CITY}/.gc-init-done; fi
exec gc start --foreground ${CITY}
`

/** What makes a folder a city is gc's to say; made once, on the volume. */
export function cityOfText(text: string): ControllerCity {
  return {
    configMap: { name: 'gc-city', data: { 'city.toml': text } },
    podAnnotations: { 'checksum/city': checksum(text) },
    script: textScript,
  }
}

/**
 * Files that the folder had at the last start, and has no more, go; files that it has replace what the volume has. What
 * gc and its agents have put beside them stays. gc init may write over them, so they are put there again.
 */
const folderScript = `set -eu
cd ${CITY}
put() {
  cat ${CONFIG}/files >> .gc-files
  cp -RL ${CONFIG}/city/. .
  cp ${CONFIG}/files .gc-files
}
if [ -e .gc-files ]; then
  while IFS= read -r file; do
    if [ ! -f "${CONFIG}/city/$file" ]; then
      rm -f -- "$file"
      case $file in */*) rmdir -p -- "\${file%/*}" 2>/dev/null || true ;; esac
    fi
  done < .gc-files
fi
put
if [ ! -e .gc-init-done ]; then gc init ${CITY} && put && touch .gc-init-done; fi
exec gc start --foreground ${CITY}
`

/** Key of the list of the files, beside theirs. */
const LIST = '_files'

/**
 * The whole folder. The ConfigMap's name says what it holds, and it never changes: a pod cannot be given the files of
 * another deployment, and one file that differs replaces the pod.
 */
export function cityOfFolder(files: readonly CityFile[]): ControllerCity {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const data: Record<string, string> = { [LIST]: sorted.map(({ path }) => `${path}\n`).join('') }
  const binaryData: Record<string, string> = {}
  const items: KeyToPath[] = [{ key: LIST, path: 'files' }]
  const hash = createHash('sha256')
  for (const { path, content, executable } of sorted) {
    const key = configMapKey(path)
    const text = textOf(content)
    if (text === undefined) binaryData[key] = Buffer.from(content).toString('base64')
    else data[key] = text
    items.push({ key, path: `city/${path}`, ...(executable ? { mode: 0o755 } : {}) })
    hash.update(`${path}\n${executable} ${content.length}\n`).update(content)
  }
  return {
    configMap: {
      name: `gc-city-${hash.digest('hex').slice(0, 10)}`,
      immutable: true,
      data,
      ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
    },
    items,
    script: folderScript,
  }
}

/** The text that these bytes are the UTF-8 of; undefined when they are no text's. */
function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}
