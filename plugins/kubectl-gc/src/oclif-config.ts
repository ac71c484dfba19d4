import { Config } from '@oclif/core/config'
import manifest from '../package.json' with { type: 'json' }

/** oclif's view of this program, without plugins, hooks, or anything read from the disk. */
class OwnConfig extends Config {
  override runHook: Config['runHook'] = async () => ({ failures: [], successes: [] })
}

/** What oclif's parser and its help need to know: how the program is called, and its version. */
export function oclifConfig(): Config {
  const config = new OwnConfig({ root: import.meta.dirname })
  config.pjson = { ...manifest, oclif: {} } as unknown as Config['pjson']
  config.name = manifest.name
  config.version = manifest.version
  config.bin = 'kubectl gc'
  config.topicSeparator = ' '
  config.shell = 'sh'
  return config
}
