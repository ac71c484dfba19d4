import * as Args from './define-args.ts'

/** A key of a session's metadata. */
export const keyArg = Args.string({
  required: true,
  ignoreStdin: true,
  description: 'The key.',
})
