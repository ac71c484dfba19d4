import type { Archive } from './archive.ts'

/** What is released, and where it can be had. */
export interface Release {
  version: string
  /** The project's page, such as https://github.com/OWNER/NAME. */
  repository: string
  archives: Archive[]
}

/** Where a file of the release is downloaded from. */
export function urlOf({ repository, version }: Pick<Release, 'repository' | 'version'>, file: string): string {
  return `${repository}/releases/download/v${version}/${file}`
}
