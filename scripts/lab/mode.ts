/**
 * How the lab comes by its cluster:
 * - `context`: it uses the one it was told to use;
 * - `public`: kind makes one from public images, with the user's docker;
 * - `built`: kind makes one from images made here, with a docker daemon that the lab starts.
 */
export type Mode = 'context' | 'public' | 'built'

/** The questions whose answers decide; the second is asked only if the first is answered with yes. */
export interface Probes {
  /** Whether a docker daemon of the user answers. */
  docker(): Promise<boolean>
  /** Whether the public node image is there already, or its registry answers one pull in time. */
  nodeImage(): Promise<boolean>
}

/** Chooses how to make a cluster when none was named. */
export async function chooseMode(probes: Probes): Promise<Exclude<Mode, 'context'>> {
  return (await probes.docker()) && (await probes.nodeImage()) ? 'public' : 'built'
}
