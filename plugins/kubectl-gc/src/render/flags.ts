import * as Flags from '../flags/define.ts'

/** What a bundle is rendered with, wherever that goes. */
export const valuesFlags = {
  set: Flags.string({
    helpValue: 'PATH=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'A value, such as dolt.storage=50Gi; can be repeated.',
  }),
  values: Flags.string({
    char: 'f',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'YAML file of values, - for standard input; can be repeated.',
  }),
  overlay: Flags.string({ helpValue: 'NAME', summary: 'One of the variants that the bundle comes with.' }),
}
