import * as Args from '@oclif/core/args'

/** A key of a session's metadata. */
export const keyArg = Args.string({
  required: true,
  ignoreStdin: true,
  description: 'The key.',
})
